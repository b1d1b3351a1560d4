// Undo and redo: whole snapshots of the rows, small and simple.
import { Row, Rows, Values } from "./rows";

type Snapshot = Map<string, Values>;

export class History {
  private readonly past: Snapshot[] = [];
  private readonly future: Snapshot[] = [];
  private now: Snapshot;

  constructor(private readonly rows: Rows) {
    this.now = this.take();
  }

  /** Keep what the rows say now; answer whether anything had changed. */
  keep(): boolean {
    const next = this.take();
    if (same(this.now, next)) return false;
    this.past.push(this.now);
    this.future.length = 0;
    this.now = next;
    return true;
  }

  undo(): boolean {
    return this.step(this.past, this.future);
  }

  redo(): boolean {
    return this.step(this.future, this.past);
  }

  private step(from: Snapshot[], to: Snapshot[]): boolean {
    const target = from.pop();
    if (!target) return false;
    to.push(this.now);
    for (const row of this.rows.all()) restore(row, target.get(row.number));
    this.now = target;
    return true;
  }

  private take(): Snapshot {
    return new Map(this.rows.all().map((row) => [row.number, row.values()]));
  }
}

/** A row that the snapshot does not know was added later: it is taken back and hidden. */
function restore(row: Row, values: Values | undefined): void {
  row.element.hidden = !values;
  if (values) row.write(values);
  else row.isRemoved = true;
}

function same(one: Snapshot, other: Snapshot): boolean {
  return JSON.stringify([...one]) === JSON.stringify([...other]);
}
