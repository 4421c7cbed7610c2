import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAddressed } from '../../ui/use-addressed';
import { JOB_COLUMNS, type JobColumn, type View } from '../view/view-state';

interface Props {
  columns: JobColumn[];
  change: (part: Partial<View>) => void;
}

/** What each line of the list tells of its job. */
export default function ColumnForm({ columns, change }: Props) {
  const { t } = useTranslation('desk');
  const [chosen, choose] = useAddressed(columns, (next) => change({ columns: next }));
  return (
    <Checkbox.Group
      label={t('column.title')}
      value={chosen}
      onChange={(next) => choose(JOB_COLUMNS.filter((column) => next.includes(column)))}
    >
      <Stack gap={6} mt={6}>
        {JOB_COLUMNS.map((column) => (
          <Checkbox key={column} value={column} label={t(`column.${column}`)} size="xs" />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
