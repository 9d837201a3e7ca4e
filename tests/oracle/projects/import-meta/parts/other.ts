export const other = () => [import.meta.main, import.meta.path === Bun.main, import.meta.file];
