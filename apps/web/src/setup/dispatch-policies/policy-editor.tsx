import { Anchor } from '@mantine/core';
import { IconMoodEmpty } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useParams, useSearchParams } from 'react-router';
import { useServiceType } from '../../store/use-entities';
import { Empty } from '../../ui/empty';
import { Failure } from '../../ui/failure';
import { PageSpinner } from '../../ui/page-spinner';
import { PageHead } from '../parts/page-head';
import classes from '../setup.module.css';
import type { PolicyBody } from './policy-fields';
import { PolicyForm } from './policy-form';
import { Trail } from './trail';
import { addressOf, currentOf, serviceTypeOf, useDryRun, usePolicies, useVersions } from './use-policies';
import { useWords } from './use-words';

/**
 * One policy: as it holds, or, with `?version=` or `?run=` in the address, as an old version or a dry run had it, to be
 * changed further or put into force.
 */
export function PolicyEditor() {
  const { of = '' } = useParams();
  return <Editor key={of} of={of} />;
}

function Editor({ of }: { of: string }) {
  const { t } = useTranslation('setup');
  const words = useWords();
  const [search] = useSearchParams();
  // Read once: what is being written is not thrown away when the address tells of a run made from it.
  const [from] = useState({ version: Number(search.get('version') ?? 0), run: search.get('run') });
  const serviceTypeId = serviceTypeOf(of);
  const type = useServiceType(serviceTypeId);
  const policies = usePolicies();
  const versions = useVersions(of, from.version > 0);
  const run = useDryRun(from.run);
  const current = policies.data && currentOf(policies.data, serviceTypeId);
  const error = policies.error ?? versions.error ?? run.error;

  const start = (): PolicyBody | undefined => {
    if (from.run) return run.data?.policy;
    if (from.version > 0)
      return versions.data && (versions.data.find(({ version }) => version === from.version)?.body ?? {});
    return current?.body ?? {};
  };
  const body = start();
  return (
    <div className={classes.page}>
      <Trail here={words.name(serviceTypeId)} />
      <PageHead
        title={t('policies.of', { name: words.name(serviceTypeId) })}
        lead={t(serviceTypeId === null ? 'policies.leadDefault' : 'policies.leadType')}
      >
        {current && (
          <Anchor component={Link} to={`${addressOf(serviceTypeId)}/versions`} size="sm">
            {t('policies.versionsOf', { count: current.version })}
          </Anchor>
        )}
      </PageHead>
      {error ? (
        <Failure error={error} />
      ) : !policies.data || !body ? (
        <PageSpinner />
      ) : serviceTypeId !== null && !type && !current ? (
        <Empty
          icon={<IconMoodEmpty />}
          title={t('common:failure.notFound')}
          text={t('common:failure.notFoundText')}
        />
      ) : (
        <PolicyForm of={of} list={policies.data} start={body} from={from.version} />
      )}
    </div>
  );
}
