/** The shapes the pages read; the server's own documents are the truth (`/api/openapi.json`). */
export type Role =
  | 'admin'
  | 'dispatcher'
  | 'worker'
  | 'inspector'
  | 'quality_manager'
  | 'area_manager'
  | 'customer'
  | 'auditor';

export interface Me {
  id: string;
  orgId: string;
  role: Role;
  name: string;
  email: string;
  locale: string;
  workerId: string | null;
}
