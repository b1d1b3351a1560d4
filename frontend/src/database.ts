// One store of rows in the browser's own database.
export const canStore = (): boolean => "indexedDB" in window && typeof crypto?.subtle !== "undefined";

export class Store {
  constructor(
    private readonly database: string,
    private readonly name: string,
    private readonly keyPath: string,
  ) {}

  async act<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    const database = await this.open();
    try {
      return await new Promise<T>((done, failed) => {
        const transaction = database.transaction(this.name, mode);
        const asked = act(transaction.objectStore(this.name));
        // A write counts when it is on the disk, not when it is asked for.
        transaction.oncomplete = () => done(asked.result as T);
        transaction.onerror = transaction.onabort = () => failed(transaction.error ?? new Error("not kept"));
      });
    } finally {
      database.close();
    }
  }

  private open(): Promise<IDBDatabase> {
    return new Promise((done, failed) => {
      const asked = indexedDB.open(this.database, 1);
      asked.onupgradeneeded = () => asked.result.createObjectStore(this.name, { keyPath: this.keyPath });
      asked.onsuccess = () => done(asked.result);
      asked.onerror = () => failed(asked.error ?? new Error("no database"));
    });
  }
}
