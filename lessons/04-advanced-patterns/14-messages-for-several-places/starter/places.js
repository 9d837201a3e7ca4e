// An extension of htmx: it is given each message of the socket as text, before htmx parses it.
htmx.defineExtension("places", {
  transformResponse(text) {
    return text;
  },
});
