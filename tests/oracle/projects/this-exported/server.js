// An exported object is only the server's description: `this` is not that object.
export default {
  greeting: "hello",
  fetch() {
    return new Response(`${this.greeting}, ${typeof this.upgrade}`);
  },
};
