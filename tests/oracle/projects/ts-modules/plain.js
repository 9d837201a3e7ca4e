export const helper = (value) => `plain ${value}`;
