/** The decorator of a parameter as one of its method. */
export default (index, decorator) => (target, key) => decorator(target, key, index);
