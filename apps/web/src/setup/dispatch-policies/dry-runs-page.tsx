import { Anchor, Table } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link, useNavigate } from 'react-router';
import { useNow } from '../../live/use-live';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { Empty } from '../../ui/empty';
import { Failure } from '../../ui/failure';
import { clockTime } from '../../ui/format';
import { PageSpinner } from '../../ui/page-spinner';
import { PageHead } from '../parts/page-head';
import classes from '../setup.module.css';
import { compare, tally } from './comparison';
import { spanInWords } from './span-words';
import { Trail } from './trail';
import { addressOf, type DryRun, HOME, useDryRuns } from './use-policies';
import { useWords } from './use-words';

/** What was tried before, newest first. */
export function DryRunsPage() {
  const { t } = useTranslation('setup');
  const navigate = useNavigate();
  const { data, error, refetch } = useDryRuns();
  return (
    <div className={classes.page}>
      <Trail here={t('policies.runs.title')} />
      <PageHead title={t('policies.runs.title')} lead={t('policies.runs.lead')} />
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSpinner />}
      {data?.length === 0 && (
        <Empty
          icon={<IconHistory />}
          title={t('policies.runs.none')}
          text={t('policies.runs.noneText')}
          action={{ label: t('policies.runs.begin'), run: () => void navigate(addressOf(null)) }}
        />
      )}
      {data && data.length > 0 && <Runs runs={data} />}
    </div>
  );
}

function Runs({ runs }: { runs: DryRun[] }) {
  const { t } = useTranslation('setup');
  const words = useWords();
  const areas = useAll(entityStore.areas);
  const now = useNow(60_000);
  const outcome = ({ state, result }: DryRun) => {
    if (state !== 'done' || !result) return t(`policies.runs.state.${state}`);
    if (result.recorded.jobs === 0) return t('policies.runs.noJobsShort');
    const { better, worse } = tally(compare(result));
    return t('policies.runs.short', { better, worse });
  };
  return (
    <Table.ScrollContainer minWidth={620}>
      <Table highlightOnHover verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('policies.try.day')}</Table.Th>
            <Table.Th>{t('policies.try.area')}</Table.Th>
            <Table.Th>{t('policies.for')}</Table.Th>
            <Table.Th>{t('policies.runs.outcome')}</Table.Th>
            <Table.Th>{t('policies.runs.asked')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {runs.map((run) => (
            <Table.Tr key={run.id}>
              <Table.Td>
                <Anchor component={Link} to={`${HOME}/runs/${run.id}`} size="sm">
                  {spanInWords(run)}
                </Anchor>
              </Table.Td>
              <Table.Td>
                {run.areaId === null
                  ? t('workers.allAreas')
                  : (areas.find(({ id }) => id === run.areaId)?.name ?? '–')}
              </Table.Td>
              <Table.Td>{words.name(run.serviceTypeId)}</Table.Td>
              <Table.Td>{outcome(run)}</Table.Td>
              <Table.Td className="tnum">{clockTime(run.createdAt, now)}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
