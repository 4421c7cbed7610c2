import { Anchor, Badge, Group, Select, Stack, Table, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconVersions } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams } from 'react-router';
import { useNow } from '../../live/use-live';
import { useCan } from '../../session/use-can';
import { Empty } from '../../ui/empty';
import { Failure } from '../../ui/failure';
import { clockTime } from '../../ui/format';
import { PageSpinner } from '../../ui/page-spinner';
import { PageHead } from '../parts/page-head';
import classes from '../setup.module.css';
import { DifferencesTable } from './differences-table';
import { listOverrides } from './layers';
import { Trail } from './trail';
import { addressOf, type PolicyVersion, serviceTypeOf, useNames, useVersions } from './use-policies';
import { useWords } from './use-words';

/** Every version of one policy: who wrote it, when, why, and what it changed. */
export function VersionsPage() {
  const { t } = useTranslation('setup');
  const { of = '' } = useParams();
  const words = useWords();
  const { data, error, refetch } = useVersions(of);
  const name = words.name(serviceTypeOf(of));
  return (
    <div className={classes.page}>
      <Trail over={{ to: addressOf(serviceTypeOf(of)), label: name }} here={t('policies.versions.title')} />
      <PageHead title={t('policies.versions.of', { name })} lead={t('policies.versions.lead')} />
      {error && <Failure error={error} retry={() => void refetch()} />}
      {!data && !error && <PageSpinner />}
      {data?.length === 0 && (
        <Empty
          icon={<IconVersions />}
          title={t('policies.versions.none')}
          text={t('policies.versions.noneText')}
        />
      )}
      {data && data.length > 0 && (
        <Stack gap="xl">
          <Versions of={of} versions={data} />
          <Compare versions={data} />
        </Stack>
      )}
    </div>
  );
}

function Versions({ of, versions }: { of: string; versions: PolicyVersion[] }) {
  const { t } = useTranslation('setup');
  const may = useCan('update', 'Policy');
  const names = useNames();
  const now = useNow(60_000);
  return (
    <Table.ScrollContainer minWidth={560}>
      <Table verticalSpacing={8}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('policies.version')}</Table.Th>
            <Table.Th>{t('policies.note')}</Table.Th>
            <Table.Th>{t('policies.saysItself')}</Table.Th>
            <Table.Th>{t('policies.written')}</Table.Th>
            <Table.Th>
              <VisuallyHidden>{t('policies.versions.use')}</VisuallyHidden>
            </Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {versions.map((version, i) => (
            <Table.Tr key={version.id}>
              <Table.Td className="tnum">
                {version.version}{' '}
                {i === 0 && (
                  <Badge size="sm" variant="light" miw="max-content">
                    {t('policies.versions.holds')}
                  </Badge>
                )}
              </Table.Td>
              <Table.Td maw={320}>{version.note ?? <Text c="dimmed">–</Text>}</Table.Td>
              <Table.Td>{t('policies.ownCount', { count: listOverrides(version.body).length })}</Table.Td>
              <Table.Td className="tnum">
                {clockTime(version.createdAt, now)}
                {names.has(version.createdBy ?? '') && ` · ${names.get(version.createdBy!)}`}
              </Table.Td>
              <Table.Td ta="right">
                {i > 0 && may && (
                  <Anchor
                    component={Link}
                    size="sm"
                    to={`${addressOf(serviceTypeOf(of))}?version=${version.version}`}
                    aria-label={t('policies.versions.useOf', { version: version.version })}
                  >
                    {t('policies.versions.use')}
                  </Anchor>
                )}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Compare({ versions }: { versions: PolicyVersion[] }) {
  const { t } = useTranslation('setup');
  const [chosen, setChosen] = useState<{ one: number | null; other: number | null }>({
    one: null,
    other: null,
  });
  // The latest against the one before it, until somebody asks for others.
  const other = versions.find(({ version }) => version === chosen.other) ?? versions[0]!;
  const one =
    versions.find(({ version }) => version === chosen.one) ??
    versions.find(({ version }) => version === other.version - 1);
  if (!one) return null;
  const data = versions.map(({ version }) => ({
    value: String(version),
    label: t('policies.versions.nth', { version }),
  }));
  return (
    <section>
      <Title order={2} size="h5" mb="xs">
        {t('policies.versions.compare')}
      </Title>
      <Group mb="sm">
        <Select
          w={150}
          label={t('policies.versions.one')}
          data={data}
          value={String(one.version)}
          onChange={(value) => setChosen({ one: Number(value), other: other.version })}
          allowDeselect={false}
        />
        <Select
          w={150}
          label={t('policies.versions.other')}
          data={data}
          value={String(other.version)}
          onChange={(value) => setChosen({ one: one.version, other: Number(value) })}
          allowDeselect={false}
        />
      </Group>
      <DifferencesTable
        one={{ title: t('policies.versions.nth', { version: one.version }), body: one.body }}
        other={{ title: t('policies.versions.nth', { version: other.version }), body: other.body }}
      />
    </section>
  );
}
