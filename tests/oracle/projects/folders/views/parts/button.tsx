export const name = "button";

export default () => <button type="button">{name}</button>;
