import { IconCloudOff } from '@tabler/icons-react';
import { Component, lazy, type ReactNode, Suspense, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useStore } from '../store/use-store';
import { Empty } from './empty';
import { Failure } from './failure';
import { importWithRetry, missingChunks } from './import-with-retry';
import { PageSpinner } from './page-spinner';
import { toaster } from './toaster';

/** `lazy`, for what may be asked for when there is no line. */
export const lazyWithRetry: typeof lazy = (load) => lazy(() => importWithRetry(load));

/** In the place of a page that is on its way. */
function PageLoader() {
  const { t } = useTranslation('common');
  if (!useStore(missingChunks)) return <PageSpinner />;
  return (
    <div role="status">
      <Empty
        icon={<IconCloudOff />}
        title={t('failure.part')}
        text={t('failure.partText')}
        action={{ label: t('tryAgain'), run: missingChunks.tryNow }}
      />
    </div>
  );
}

/** In the place of a dialog that is on its way: there is nothing to see until it is there. */
function DialogLoader() {
  const { t } = useTranslation('common');
  const missing = useStore(missingChunks);
  useEffect(() => {
    if (missing) toaster.show(t('failure.part'), 'problem');
  }, [missing, t]);
  return null;
}

interface Props {
  children: ReactNode;
  /** It lies over the page and has no place of its own there. */
  dialog?: true;
  /** Another value is another page, which may work where the last one did not. */
  page?: string;
}

/** A piece of a page that fails, or comes late, by itself: everything around it stays. */
export function LazyBoundary({ children, dialog, page }: Props) {
  return (
    <ErrorBoundary key={page} dialog={dialog}>
      <Suspense fallback={dialog ? <DialogLoader /> : <PageLoader />}>{children}</Suspense>
    </ErrorBoundary>
  );
}

/** React has only classes for this. */
class ErrorBoundary extends Component<{ children: ReactNode; dialog?: true }, { error: unknown }> {
  override state = { error: null as unknown };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    if (this.props.dialog) return <DialogBroken />;
    return <Failure error={this.state.error} retry={() => this.setState({ error: null })} />;
  }
}

function DialogBroken() {
  const { t } = useTranslation('common');
  useEffect(() => void toaster.show(t('failure.other'), 'problem'), [t]);
  return null;
}
