import { Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Fault } from './import-file';

/** What is wrong, in the reader's language; as the server wrote it when these pages do not know the fault. */
export function FaultWords({ code, values, message }: Pick<Fault, 'code' | 'values' | 'message'>) {
  const { t, i18n } = useTranslation('setup');
  return code && i18n.exists(`setup:fault.${code}`) ? (
    t(`fault.${code}`, { ...values })
  ) : (
    <span lang="en">{message}</span>
  );
}

/** Each with its place in the file. */
export function Faults({ faults }: { faults: Fault[] }) {
  const { t } = useTranslation('setup');
  return (
    <Stack gap={2}>
      {faults.map((fault) => (
        <Text key={`${fault.line} ${fault.column} ${fault.message}`} size="sm">
          {fault.column
            ? t('import.at', { line: fault.line, column: fault.column })
            : fault.line > 0 && t('import.atLine', { line: fault.line })}
          <FaultWords {...fault} />
        </Text>
      ))}
    </Stack>
  );
}
