const COLUMNS = [
  'executionArn TEXT PRIMARY KEY',
  'stateMachineArn TEXT NOT NULL',
  'versionArn TEXT',
  'aliasArn TEXT',
  'mapRunArn TEXT',
  'name TEXT NOT NULL',
  'status TEXT NOT NULL',
  'startDate INTEGER NOT NULL',
  'stopDate INTEGER',
  'input TEXT NOT NULL',
  'output TEXT',
  'error TEXT',
  'cause TEXT',
  'redriveCount INTEGER NOT NULL',
  'redriveDate INTEGER',
  'definition TEXT',
];
/** Columns of executions that a row has. */
export const NAMES = COLUMNS.map((column) => column.slice(0, column.indexOf(' ')));

export const SCHEMA = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = NORMAL;
  PRAGMA locking_mode = EXCLUSIVE;
  CREATE TABLE IF NOT EXISTS executions (seq INTEGER, ${COLUMNS.join(', ')});
  CREATE INDEX IF NOT EXISTS executionsByMachine ON executions (stateMachineArn, seq);
  CREATE INDEX IF NOT EXISTS executionsByMapRun ON executions (mapRunArn);
  CREATE TABLE IF NOT EXISTS events (
    executionArn TEXT, id INTEGER, body TEXT NOT NULL, PRIMARY KEY (executionArn, id)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS mapRuns (
    mapRunArn TEXT PRIMARY KEY, executionArn TEXT, status TEXT, startDate INTEGER, stopDate INTEGER
  );
  CREATE INDEX IF NOT EXISTS mapRunsByExecution ON mapRuns (executionArn);
  CREATE TABLE IF NOT EXISTS logs (executionArn TEXT, time INTEGER, functionName TEXT, text TEXT);
  CREATE INDEX IF NOT EXISTS logsByExecution ON logs (executionArn);
  CREATE TABLE IF NOT EXISTS resources (
    kind TEXT, arn TEXT, body TEXT NOT NULL, PRIMARY KEY (kind, arn)
  ) WITHOUT ROWID;
`;
