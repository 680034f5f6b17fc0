import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { HistoryEvent } from '@harmony/engine';
import type { ExecutionChange, ExecutionRow, MapRunRow } from './rows.ts';
import { NAMES, SCHEMA } from './schema.ts';

/** Which executions a list is of. */
export interface ExecutionFilter {
  readonly stateMachineArn?: string;
  readonly versionArn?: string;
  readonly aliasArn?: string;
  readonly mapRunArn?: string;
  readonly status?: string;
}

/**
 * Executions, histories, logs and resources in one SQLite file. Writes collect until `flush`; what
 * was flushed outlives the process, however that ends (write-ahead log).
 */
export class Store implements Disposable {
  readonly #db: DatabaseSync;
  readonly #onFault: (error: unknown) => void;
  readonly #pending: (() => void)[] = [];
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  readonly #waiting: PromiseWithResolvers<undefined>[] = [];
  #flushing = false;
  #seq: number;

  /**
   * @param file absolute, or `:memory:`
   * @param onFault what could not be written, such as on a full disk, when nobody waits for it
   */
  constructor(file: string, onFault: (error: unknown) => void) {
    this.#onFault = onFault;
    if (file !== ':memory:') mkdirSync(dirname(file), { recursive: true });
    this.#db = new DatabaseSync(file);
    this.#db.exec(SCHEMA);
    const last = this.#db.prepare('SELECT max(seq) AS seq FROM executions').get();
    this.#seq = Number(last?.seq ?? 0);
  }

  // -- executions -----------------------------------------------------------------------------

  insertExecution(row: ExecutionRow): void {
    const seq = ++this.#seq;
    const values = NAMES.map((name) => row[name as keyof ExecutionRow]);
    this.#later(() => {
      const marks = NAMES.map(() => '?').join(', ');
      this.#run(
        `INSERT OR REPLACE INTO executions (seq, ${NAMES.join(', ')}) VALUES (?, ${marks})`,
        seq,
        ...values,
      );
    });
  }

  updateExecution(arn: string, change: ExecutionChange): void {
    const names = Object.keys(change);
    const values = Object.values(change);
    this.#later(() => {
      const set = names.map((name) => `${name} = ?`).join(', ');
      this.#run(`UPDATE executions SET ${set} WHERE executionArn = ?`, ...values, arn);
    });
  }

  execution(arn: string): ExecutionRow | undefined {
    this.flush();
    const row = this.#statement('SELECT * FROM executions WHERE executionArn = ?').get(arn);
    return row as ExecutionRow | undefined;
  }

  /** Newest first; one more than the limit where there is one. */
  executions(filter: ExecutionFilter, page: { offset: number; limit: number }): ExecutionRow[] {
    this.flush();
    const entries = Object.entries(filter).filter(([, value]) => value !== undefined);
    const where = entries.map(([name]) => `${name} = ?`).join(' AND ') || '1';
    return this.#statement(
      `SELECT * FROM executions WHERE ${where} ORDER BY seq DESC LIMIT ? OFFSET ?`,
    ).all(
      ...entries.map(([, value]) => value as string),
      page.limit + 1,
      page.offset,
    ) as unknown as ExecutionRow[];
  }

  insertMapRun(row: MapRunRow): void {
    const { mapRunArn, executionArn, status, startDate } = row;
    this.#later(() =>
      this.#run(
        'INSERT OR REPLACE INTO mapRuns VALUES (?, ?, ?, ?, NULL)',
        ...[mapRunArn, executionArn, status, startDate],
      ),
    );
  }

  updateMapRun(arn: string, status: MapRunRow['status'], stopDate: number | null): void {
    this.#later(() =>
      this.#run(
        'UPDATE mapRuns SET status = ?, stopDate = ? WHERE mapRunArn = ?',
        ...[status, stopDate, arn],
      ),
    );
  }

  mapRun(arn: string): MapRunRow | undefined {
    this.flush();
    const row = this.#statement('SELECT * FROM mapRuns WHERE mapRunArn = ?').get(arn);
    return row as MapRunRow | undefined;
  }

  mapRunsOf(executionArn: string): MapRunRow[] {
    this.flush();
    const sql = 'SELECT * FROM mapRuns WHERE executionArn = ? ORDER BY startDate';
    return this.#statement(sql).all(executionArn) as unknown as MapRunRow[];
  }

  /** How many executions of a Map Run are in each status. */
  countsOf(mapRunArn: string): ReadonlyMap<string, number> {
    this.flush();
    const rows = this.#statement(
      'SELECT status, count(*) AS n FROM executions WHERE mapRunArn = ? GROUP BY status',
    ).all(mapRunArn);
    return new Map(rows.map(({ status, n }) => [String(status), Number(n)]));
  }

  // -- histories ------------------------------------------------------------------------------

  addEvent(executionArn: string, event: HistoryEvent): void {
    const body = JSON.stringify(event);
    this.#later(() =>
      this.#run('INSERT OR REPLACE INTO events VALUES (?, ?, ?)', executionArn, event.id, body),
    );
  }

  /** One more than the limit where there is one. */
  events(
    executionArn: string,
    page: { offset: number; limit: number },
    order: 'ASC' | 'DESC' = 'ASC',
  ): HistoryEvent[] {
    this.flush();
    const rows = this.#statement(
      `SELECT body FROM events WHERE executionArn = ? ORDER BY id ${order} LIMIT ? OFFSET ?`,
    ).all(executionArn, page.limit + 1, page.offset);
    return rows.map(({ body }) => JSON.parse(String(body)) as HistoryEvent);
  }

  addLog(executionArn: string, time: number, functionName: string, text: string): void {
    this.#later(() =>
      this.#run('INSERT INTO logs VALUES (?, ?, ?, ?)', executionArn, time, functionName, text),
    );
  }

  // -- resources ------------------------------------------------------------------------------

  /** State machines, versions, aliases, activities, tags that came through the API. */
  resources<T>(kind: string): Map<string, T> {
    const rows = this.#statement('SELECT arn, body FROM resources WHERE kind = ?').all(kind);
    return new Map(rows.map(({ arn, body }) => [String(arn), JSON.parse(String(body)) as T]));
  }

  putResource(kind: string, arn: string, body: object): void {
    const text = JSON.stringify(body);
    this.#later(() =>
      this.#run('INSERT OR REPLACE INTO resources VALUES (?, ?, ?)', kind, arn, text),
    );
  }

  deleteResource(kind: string, arn: string): void {
    this.#later(() => this.#run('DELETE FROM resources WHERE kind = ? AND arn = ?', kind, arn));
  }

  // -- writing --------------------------------------------------------------------------------

  /** Keeps the newest `count` executions, and all that run. */
  prune(count: number): void {
    this.flush();
    const last = this.#statement(
      "SELECT seq FROM executions WHERE status <> 'RUNNING' ORDER BY seq DESC LIMIT 1 OFFSET ?",
    ).get(count);
    if (last === undefined) return;
    const old = "(SELECT executionArn FROM executions WHERE seq <= ? AND status <> 'RUNNING')";
    this.#later(() => {
      const seq = Number(last.seq);
      this.#run(`DELETE FROM events WHERE executionArn IN ${old}`, seq);
      this.#run(`DELETE FROM logs WHERE executionArn IN ${old}`, seq);
      this.#run(`DELETE FROM mapRuns WHERE executionArn IN ${old}`, seq);
      this.#run("DELETE FROM executions WHERE seq <= ? AND status <> 'RUNNING'", seq);
    });
    this.flush();
  }

  /**
   * Resolves once everything that was written until now is on its way to the disk: in one transaction
   * with what others wrote in this turn of the event loop.
   */
  async flushed(): Promise<void> {
    if (this.#pending.length === 0) return;
    const written = Promise.withResolvers<undefined>();
    this.#waiting.push(written);
    await written.promise;
  }

  /** Everything that was written until now is on its way to the disk when this returns. */
  flush(): void {
    if (this.#pending.length === 0) return;
    this.#db.exec('BEGIN');
    try {
      for (const write of this.#pending) write();
      this.#db.exec('COMMIT');
      for (const { resolve } of this.#waiting.splice(0)) resolve(undefined);
    } catch (error) {
      // After some errors, such as a full disk, SQLite has rolled back by itself.
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      for (const { reject } of this.#waiting.splice(0)) reject(error);
      throw error;
    } finally {
      this.#pending.length = 0;
    }
  }

  [Symbol.dispose](): void {
    this.flush();
    this.#db.close();
  }

  /** One transaction for all that a turn of the event loop writes. */
  #later(write: () => void): void {
    this.#pending.push(write);
    if (this.#flushing) return;
    this.#flushing = true;
    setImmediate(() => {
      this.#flushing = false;
      try {
        if (this.#db.isOpen) this.flush();
      } catch (error) {
        this.#onFault(error);
      }
    });
  }

  #run(sql: string, ...values: (string | number | null)[]): void {
    this.#statement(sql).run(...values);
  }

  #statement(sql: string): ReturnType<DatabaseSync['prepare']> {
    let statement = this.#statements.get(sql);
    if (statement === undefined) this.#statements.set(sql, (statement = this.#db.prepare(sql)));
    return statement;
  }
}
