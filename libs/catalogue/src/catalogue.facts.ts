import { defineFact } from '#platform';

export const serviceTypeCreated = defineFact<{ serviceTypeId: string; code: string; version: number }>(
  'service_type.created',
  { office: 'whole' },
);

export const serviceTypeChanged = defineFact<{
  serviceTypeId: string;
  code: string;
  version: number;
  fields: string[];
}>('service_type.changed', { office: 'whole' });
