let times = 0;
export const greet = (name) => `Hello, ${name}`;
export const count = () => ++times;
