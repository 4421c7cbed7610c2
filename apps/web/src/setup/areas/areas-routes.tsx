import { Route, Routes } from 'react-router';
import { AREAS } from '../import/import-kinds';
import { ImportPage } from '../import/import-page';
import { AreasPage } from './areas-page';

export default function AreasRoutes() {
  return (
    <Routes>
      <Route index element={<AreasPage />} />
      <Route path="import" element={<ImportPage kind={AREAS} />} />
    </Routes>
  );
}
