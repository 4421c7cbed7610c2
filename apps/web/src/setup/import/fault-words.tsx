import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Fault, ImportKind } from './import-kinds';

/** What is wrong, in the reader's language; as the server wrote it when these pages do not know the fault. */
export function FaultWords({ code, values, message }: Pick<Fault, 'code' | 'values' | 'message'>) {
  const { t, i18n } = useTranslation('setup');
  if (code && i18n.exists(`setup:fault.${code}`)) return t(`fault.${code}`, { ...values });
  if (code && i18n.exists(`common:fieldFault.${code}`)) return t(`common:fieldFault.${code}`, { ...values });
  return <span lang="en">{message}</span>;
}

/** Each with its place in the file. */
export function Faults({ kind, faults }: { kind: ImportKind; faults: Fault[] }) {
  const { t } = useTranslation('setup');
  const place = ({ line, column }: Fault) => {
    if (kind.name === 'areas') return line > 0 ? t('import.atArea', { line }) : '';
    if (column) return t('import.at', { line, column });
    return line > 0 ? t('import.atLine', { line }) : '';
  };
  return (
    <Stack gap={2}>
      {faults.map((fault) => (
        <Text key={`${fault.line} ${fault.column} ${fault.message}`} size="sm">
          {place(fault)}
          <FaultWords {...fault} />
        </Text>
      ))}
    </Stack>
  );
}
