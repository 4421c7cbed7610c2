import { Route, Routes } from 'react-router';
import { WORKERS } from '../import/import-kinds';
import { ImportPage } from '../import/import-page';
import { WorkerEditor } from './worker-editor';
import { WorkersTable } from './workers-table';

export default function WorkersPage() {
  return (
    <Routes>
      <Route index element={<WorkersTable />} />
      <Route path="import" element={<ImportPage kind={WORKERS} />} />
      <Route path=":id" element={<WorkerEditor />} />
    </Routes>
  );
}
