import {
  Alert,
  Anchor,
  Badge,
  Button,
  Group,
  List,
  Paper,
  SimpleGrid,
  Stack,
  Table,
  Text,
  Title,
} from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { api } from '../api/api';
import { useAlerts } from '../desk/alerts/use-alerts';
import { useOpenPanel } from '../desk/frame/panel-context';
import { businessClock } from '../live/business-clock';
import classes from '../setup/setup.module.css';
import { Failure } from '../ui/failure';
import { clockTime } from '../ui/format';
import { PageSpinner } from '../ui/page-spinner';

const TO_COME = ['audits', 'findings', 'sla', 'penalties'] as const;
/** What is looked through for visits that rest on a worker's word. */
const LATEST = 200;

/** The first page of a quality manager: what can be checked today, and what is still to be built. */
export default function QualityPage() {
  const { t } = useTranslation('account');
  const { alerts, waiting } = useAlerts();
  const openPanel = useOpenPanel();
  const kinds = [...new Set(alerts.map(({ kind }) => kind))];
  return (
    <div className={classes.page}>
      <Stack p="md">
        <div>
          <Title order={1} size="h2">
            {t('quality.title')}
          </Title>
          <Text c="dimmed">{t('quality.lead')}</Text>
        </div>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Card title={t('quality.alerts')}>
            <Text>{t('quality.alertsNow', { count: waiting })}</Text>
            <Group gap="xs">
              {kinds.map((kind) => (
                <Badge key={kind} variant="light">
                  {t(`desk:alerts.kind.${kind}`)} {alerts.filter((alert) => alert.kind === kind).length}
                </Badge>
              ))}
            </Group>
            <Button variant="light" onClick={() => openPanel('alerts')}>
              {t('quality.openAlerts')}
            </Button>
          </Card>
          <Conflicts />
          <Journal />
          <Card title={t('quality.toCome')}>
            <List>
              {TO_COME.map((item) => (
                <List.Item key={item}>{t(`quality.coming.${item}`)}</List.Item>
              ))}
            </List>
          </Card>
        </SimpleGrid>
        <OnTheirWord />
      </Stack>
    </div>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <Paper withBorder p="md" component="section" aria-label={title}>
      <Stack gap="sm" align="flex-start">
        <Title order={2} size="h4">
          {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}

function Conflicts() {
  const { t } = useTranslation('account');
  const { data, error, refetch } = useQuery({
    queryKey: ['conflicts', 'open', 'quality'],
    queryFn: () => api.get('/conflicts', { query: { status: 'open', limit: LATEST } }),
  });
  return (
    <Card title={t('quality.conflicts')}>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {data && (
        <Text>
          {t('quality.conflictsOpen', { count: data.items.length })}
          {data.nextCursor ? ' +' : ''}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {t('quality.conflictsText')}
      </Text>
    </Card>
  );
}

function Journal() {
  const { t } = useTranslation('account');
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['journal', 'verify'],
    queryFn: () => api.get('/journal/verify'),
    enabled: false,
  });
  const verify = () => void refetch();
  return (
    <Card title={t('quality.journal')}>
      <Text size="sm" c="dimmed">
        {t('quality.journalText')}
      </Text>
      {error && <Failure error={error} retry={verify} />}
      {data && !isFetching && (
        <Alert color={data.fault ? 'red' : 'green'} variant="light" role="status">
          {data.fault
            ? t('quality.journalFault', { seq: data.fault.seq })
            : t('quality.journalWhole', { count: data.facts })}
        </Alert>
      )}
      <Button variant="light" loading={isFetching} onClick={verify}>
        {t('quality.verify')}
      </Button>
    </Card>
  );
}

/** Visits whose arrival nothing but the worker's word supports. */
function OnTheirWord() {
  const { t } = useTranslation('account');
  const { data, error, refetch } = useQuery({
    queryKey: ['jobs', 'on-their-word'],
    queryFn: () =>
      api.get('/jobs', {
        query: { state: ['completed', 'closed'], limit: LATEST, sort: '-updatedAt' },
      }),
  });
  const doubtful = (data?.items ?? []).filter(({ arrival }) => arrival && !arrival.trusted);
  const now = businessClock.now();
  return (
    <Card title={t('quality.word')}>
      <Text size="sm" c="dimmed">
        {t('quality.wordText', { count: data?.items.length ?? 0 })}
      </Text>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSpinner />}
      {data && doubtful.length === 0 && <Text>{t('quality.wordNone')}</Text>}
      {doubtful.length > 0 && (
        <Table.ScrollContainer minWidth={420} w="100%">
          <Table verticalSpacing={7}>
            <Table.Tbody>
              {doubtful.map((job) => (
                <Table.Tr key={job.id}>
                  <Table.Td>
                    <Anchor component={Link} to={`/?job=${job.id}`}>
                      {job.address}
                    </Anchor>
                  </Table.Td>
                  <Table.Td className="tnum">{job.arrivedAt ? clockTime(job.arrivedAt, now) : '–'}</Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Card>
  );
}
