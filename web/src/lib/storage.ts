// Storage can be off (private windows, policies) or full; what is kept there is a convenience, never a need.

function attempt<T>(work: () => T, otherwise: T): T {
  try {
    return work();
  } catch {
    return otherwise;
  }
}

/** Values kept across visits. Keys are written `ft.<name>`. */
export const lasting = {
  get: (key: string): string | null => attempt(() => localStorage.getItem(key), null),
  set: (key: string, value: string): void => attempt(() => localStorage.setItem(key, value), undefined),
  remove: (key: string): void => attempt(() => localStorage.removeItem(key), undefined),
  removeAll: (start: string): void =>
    attempt(() => {
      for (const key of Object.keys(localStorage)) if (key.startsWith(start)) localStorage.removeItem(key);
    }, undefined),
};

/** Values kept while the tab lives: what was typed survives a reload, not a shared computer's next user. */
export const forThisTab = {
  get: (key: string): string | null => attempt(() => sessionStorage.getItem(key), null),
  set: (key: string, value: string): void => attempt(() => sessionStorage.setItem(key, value), undefined),
  remove: (key: string): void => attempt(() => sessionStorage.removeItem(key), undefined),
  clear: (): void => attempt(() => sessionStorage.clear(), undefined),
};
