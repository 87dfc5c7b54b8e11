// What a juror's work leaves in this browser, in IndexedDB: what was typed and the server does not have yet
// (unsent), and what was taken along to read (kept). Everything is kept by person.

type Name = 'unsent' | 'kept';

let opened: Promise<IDBDatabase> | undefined;

function open(): Promise<IDBDatabase> {
  opened ??= new Promise<IDBDatabase>((resolve, reject) => {
    const asked = indexedDB.open('fieldtrial-jury', 1);
    asked.onupgradeneeded = () => {
      asked.result.createObjectStore('unsent', { keyPath: 'key' });
      asked.result.createObjectStore('kept', { keyPath: 'key' });
    };
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  }).catch((failure) => {
    opened = undefined; // private windows may refuse now and allow later
    throw failure;
  });
  return opened;
}

/** Runs one transaction; resolves with what `work` asked for once everything in it is on the disk. */
async function act<T>(
  name: Name,
  mode: IDBTransactionMode,
  work: (store: IDBObjectStore) => IDBRequest<T> | undefined,
): Promise<T | undefined> {
  const db = await open();
  return new Promise((resolve, reject) => {
    const deed = db.transaction(name, mode, { durability: 'strict' });
    const asked = work(deed.objectStore(name));
    deed.oncomplete = () => resolve(asked?.result);
    deed.onabort = () => reject(deed.error);
  });
}

/** Everything in a store whose key begins with these words. */
export async function all<T>(name: Name, start: string): Promise<T[]> {
  const range = IDBKeyRange.bound(start, `${start}\uffff`);
  return ((await act(name, 'readonly', (store) => store.getAll(range))) ?? []) as T[];
}

export async function one<T>(name: Name, key: string): Promise<T | undefined> {
  return (await act(name, 'readonly', (store) => store.get(key))) as T | undefined;
}

/** Puts some and takes others away, all or nothing. */
export async function change<T extends { key: string }>(
  name: Name,
  put: T[],
  drop: string[] = [],
): Promise<void> {
  await act(name, 'readwrite', (store) => {
    for (const key of drop) store.delete(key);
    for (const each of put) store.put(each);
    return undefined;
  });
}

/** Empties a store. */
export async function empty(name: Name): Promise<void> {
  await act(name, 'readwrite', (store) => {
    store.clear();
    return undefined;
  });
}
