import { Anchor, Button, Table, Text } from '@mantine/core';
import { IconHistory } from '@tabler/icons-react';
import { Trans, useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useNow } from '../../live/use-live';
import { entityStore } from '../../store/entity-store';
import { useAll } from '../../store/use-entities';
import { Failure } from '../../ui/failure';
import { clockTime } from '../../ui/format';
import { PageSpinner } from '../../ui/page-spinner';
import { PageHead } from '../parts/page-head';
import classes from '../setup.module.css';
import { differences, hasOverride, listOverrides } from './layers';
import { addressOf, currentOf, HOME, type PolicyList, useNames, usePolicies } from './use-policies';
import { useWords } from './use-words';

const MOST_SAID = 3;

/** The default policy and one row for each service type: what each says of its own. */
export function PoliciesTable() {
  const { t } = useTranslation('setup');
  const { data, error, refetch } = usePolicies();
  return (
    <div className={classes.page}>
      <PageHead title={t('nav.dispatch-policies')} lead={t('policies.lead')}>
        <Button
          component={Link}
          to={`${HOME}/runs`}
          variant="default"
          leftSection={<IconHistory size={17} />}
        >
          {t('policies.runs.title')}
        </Button>
      </PageHead>
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSpinner />}
      {data && <Layers list={data} />}
    </div>
  );
}

function Layers({ list }: { list: PolicyList }) {
  const { t } = useTranslation('setup');
  const types = useAll(entityStore.serviceTypes)
    .filter((type) => type.active || currentOf(list, type.id))
    .sort((a, b) => a.name.localeCompare(b.name));
  const changed = differences(list.product, list.organization).length;
  return (
    <>
      <Table.ScrollContainer minWidth={620}>
        <Table highlightOnHover verticalSpacing={9}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('policies.for')}</Table.Th>
              <Table.Th>{t('policies.saysItself')}</Table.Th>
              <Table.Th>{t('policies.version')}</Table.Th>
              <Table.Th>{t('policies.written')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            <PolicyRow list={list} serviceTypeId={null} />
            {types.map(({ id }) => (
              <PolicyRow key={id} list={list} serviceTypeId={id} />
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
      <Text size="sm" c="dimmed" mt="md" maw={640}>
        <Trans
          t={t}
          i18nKey="policies.ground"
          count={changed}
          components={{ numbers: <Anchor component={Link} to="/setup/policy" inherit underline="always" /> }}
        />
      </Text>
    </>
  );
}

function PolicyRow({ list, serviceTypeId }: { list: PolicyList; serviceTypeId: string | null }) {
  const { t } = useTranslation('setup');
  const words = useWords();
  const names = useNames();
  const now = useNow(60_000);
  const policy = currentOf(list, serviceTypeId);
  const paths = policy ? listOverrides(policy.body) : [];
  const shown = paths
    .slice(0, MOST_SAID)
    .map((path) => `${words.label(path)}: ${words.value(path, hasOverride(policy!.body, path))}`);
  const rest = paths.length - shown.length;
  const to = addressOf(serviceTypeId);
  return (
    <Table.Tr>
      <Table.Td>
        <Anchor component={Link} to={to} size="sm" fw={serviceTypeId === null ? 600 : undefined}>
          {words.name(serviceTypeId)}
        </Anchor>
      </Table.Td>
      <Table.Td>
        {shown.length === 0 ? (
          <Text size="sm" c="dimmed">
            {t(serviceTypeId === null ? 'policies.nothing' : 'policies.asDefault')}
          </Text>
        ) : (
          shown.map((text) => (
            <Text key={text} size="sm">
              {text}
            </Text>
          ))
        )}
        {rest > 0 && (
          <Text size="sm" c="dimmed">
            {t('policies.more', { count: rest })}
          </Text>
        )}
      </Table.Td>
      <Table.Td className="tnum">
        {policy ? (
          <Anchor component={Link} to={`${to}/versions`} size="sm">
            {policy.version}
          </Anchor>
        ) : (
          '–'
        )}
      </Table.Td>
      <Table.Td>
        {policy && (
          <>
            <Text size="sm" className="tnum">
              {clockTime(policy.createdAt, now)}
              {policy.createdBy && names.has(policy.createdBy) && ` · ${names.get(policy.createdBy)}`}
            </Text>
            {policy.note && (
              <Text size="xs" c="dimmed" lineClamp={2}>
                {policy.note}
              </Text>
            )}
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
