import { Route, Routes } from 'react-router';
import { DryRunPage } from './dry-run-page';
import { DryRunsPage } from './dry-runs-page';
import { PoliciesTable } from './policies-table';
import { PolicyEditor } from './policy-editor';
import { VersionsPage } from './versions-page';

export default function PoliciesPage() {
  return (
    <Routes>
      <Route index element={<PoliciesTable />} />
      <Route path="runs" element={<DryRunsPage />} />
      <Route path="runs/:id" element={<DryRunPage />} />
      <Route path=":of" element={<PolicyEditor />} />
      <Route path=":of/versions" element={<VersionsPage />} />
    </Routes>
  );
}
