import { Checkbox, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { JOB_COLUMNS, type JobColumn, type View } from '../view/view-state';

interface Props {
  columns: JobColumn[];
  change: (part: Partial<View>) => void;
}

/** What each line of the list tells of its job. */
export default function ColumnForm({ columns, change }: Props) {
  const { t } = useTranslation('desk');
  // The address follows a moment later; a second tick must not undo the first.
  const [chosen, choose] = useState<string[]>(columns);
  return (
    <Checkbox.Group
      label={t('column.title')}
      value={chosen}
      onChange={(next) => {
        choose(next);
        change({ columns: JOB_COLUMNS.filter((column) => next.includes(column)) });
      }}
    >
      <Stack gap={6} mt={6}>
        {JOB_COLUMNS.map((column) => (
          <Checkbox key={column} value={column} label={t(`column.${column}`)} size="xs" />
        ))}
      </Stack>
    </Checkbox.Group>
  );
}
