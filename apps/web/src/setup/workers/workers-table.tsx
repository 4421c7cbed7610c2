import { Anchor, Button, Pagination, Table, TextInput } from '@mantine/core';
import { IconFileImport, IconPlus, IconUsers } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCan } from '../../session/use-can';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { Empty } from '../../ui/empty';
import { PhoneText } from '../../ui/phone-text';
import { matcher } from '../../ui/search-words';
import { StatusBadge } from '../../ui/state-badge';
import { PageHead } from '../parts/page-head';
import classes from '../setup.module.css';

const PER_PAGE = 50;

export function WorkersTable() {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Worker');
  const workers = useAll(entityStore.workers);
  const [q, setQ] = useState('');
  const [page, setPage] = useState(1);
  const matches = matcher(q);
  const found = workers
    .filter((w) =>
      matches(`${w.name} ${w.externalRef ?? ''} ${(w.skills ?? []).map((s) => s.skill).join(' ')}`, w.phone),
    )
    .sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const pages = Math.max(1, Math.ceil(found.length / PER_PAGE));
  const shown = found.slice((Math.min(page, pages) - 1) * PER_PAGE, Math.min(page, pages) * PER_PAGE);
  return (
    <div className={classes.page}>
      <PageHead title={t('nav.workers')} lead={t('workers.lead')}>
        {may && (
          <>
            <Button component={Link} to="import" variant="default" leftSection={<IconFileImport size={17} />}>
              {t('workers.import')}
            </Button>
            <Button component={Link} to="new" leftSection={<IconPlus size={17} />}>
              {t('workers.add')}
            </Button>
          </>
        )}
      </PageHead>
      <TextInput
        mb="sm"
        maw={340}
        type="search"
        aria-label={t('search')}
        placeholder={t('search')}
        value={q}
        onChange={(e) => {
          setQ(e.currentTarget.value);
          setPage(1);
        }}
      />
      {found.length === 0 ? (
        <Empty icon={<IconUsers />} title={t('workers.none')} text={t('workers.noneText')} />
      ) : (
        <Table.ScrollContainer minWidth={640}>
          <Table highlightOnHover verticalSpacing={7}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('personName')}</Table.Th>
                <Table.Th>{t('workers.status')}</Table.Th>
                <Table.Th>{t('workers.skills')}</Table.Th>
                <Table.Th>{t('workers.areas')}</Table.Th>
                <Table.Th>{t('phone')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {shown.map((worker) => (
                <Table.Tr key={worker.id}>
                  <Table.Td>
                    <Anchor component={Link} to={worker.id} size="sm">
                      {worker.name}
                    </Anchor>
                  </Table.Td>
                  <Table.Td>
                    <StatusBadge status={worker.status} />
                  </Table.Td>
                  <Table.Td>{(worker.skills ?? []).map((s) => `${s.skill} ${s.level}`).join(', ')}</Table.Td>
                  <Table.Td>
                    {worker.homeAreaIds.length === 0
                      ? t('workers.allAreas')
                      : worker.homeAreaIds.map((id) => entityStore.areas.get(id)?.name ?? '–').join(', ')}
                  </Table.Td>
                  <Table.Td>{worker.phone && <PhoneText number={worker.phone} />}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
      {pages > 1 && (
        <Pagination
          mt="md"
          total={pages}
          value={Math.min(page, pages)}
          onChange={setPage}
          getControlProps={(control) => ({ 'aria-label': t(`page.${control}`) })}
        />
      )}
    </div>
  );
}
