// Every address that is not a file of this project is answered here.
export default {
  fetch() {
    return new Response("There is no page at this address.", { status: 404 });
  },
};
