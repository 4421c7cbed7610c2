import { Route, Routes } from 'react-router';
import { ImportWorkers } from './import-workers';
import { WorkerEditor } from './worker-editor';
import { WorkersTable } from './workers-table';

export default function WorkersPage() {
  return (
    <Routes>
      <Route index element={<WorkersTable />} />
      <Route path="import" element={<ImportWorkers />} />
      <Route path=":id" element={<WorkerEditor />} />
    </Routes>
  );
}
