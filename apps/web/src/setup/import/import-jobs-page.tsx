import { JOBS } from './import-kinds';
import { ImportPage } from './import-page';

export default function ImportJobsPage() {
  return <ImportPage kind={JOBS} />;
}
