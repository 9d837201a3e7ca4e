let times = 0;
export const shout = (text) => `${text.toUpperCase()}!`;
export const count = () => ++times;
