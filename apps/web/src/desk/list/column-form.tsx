import { Checkbox, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { JOB_COLUMNS, type JobColumn, type View } from '../view/view-state';

interface Props {
  columns: JobColumn[];
  change: (part: Partial<View>) => void;
}

/** What each line of the list tells of its job. */
export default function ColumnForm({ columns, change }: Props) {
  const { t } = useTranslation('desk');
  return (
    <Checkbox.Group
      label={t('column.title')}
      value={columns}
      onChange={(chosen) => change({ columns: JOB_COLUMNS.filter((column) => chosen.includes(column)) })}
    >
      <Stack gap={6} mt={6}>
        {JOB_COLUMNS.map((column) => (
          <Checkbox key={column} value={column} label={t(`column.${column}`)} size="xs" />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
