import { answering } from '#kernel';
import { readCsvTable, type TableLimits } from './csv-table.js';

export default answering(({ bytes, limits }: { bytes: Uint8Array; limits: TableLimits }) =>
  readCsvTable(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), limits),
);
