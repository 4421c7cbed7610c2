import { IconCloudOff } from '@tabler/icons-react';
import { Component, lazy, type ReactNode, Suspense, useEffect, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { Empty } from './empty';
import { Failure } from './failure';
import { fetchPart, missingParts } from './fetch-part';
import { toaster } from './toaster';
import { Waiting } from './waiting';

/** `lazy`, for what may be asked for when there is no line. */
export const lazyPart: typeof lazy = (load) => lazy(() => fetchPart(load));

const useMissing = () => useSyncExternalStore(missingParts.subscribe, missingParts.any);

/** In the place of a page that is on its way. */
function PageOnItsWay() {
  const { t } = useTranslation('common');
  if (!useMissing()) return <Waiting />;
  return (
    <div role="status">
      <Empty
        icon={<IconCloudOff />}
        title={t('failure.part')}
        text={t('failure.partText')}
        action={{ label: t('tryAgain'), run: missingParts.tryNow }}
      />
    </div>
  );
}

/** In the place of a dialog that is on its way: there is nothing to see until it is there. */
function DialogOnItsWay() {
  const { t } = useTranslation('common');
  const missing = useMissing();
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
export function Part({ children, dialog, page }: Props) {
  return (
    <Fence key={page} dialog={dialog}>
      <Suspense fallback={dialog ? <DialogOnItsWay /> : <PageOnItsWay />}>{children}</Suspense>
    </Fence>
  );
}

/** React has only classes for this. */
class Fence extends Component<{ children: ReactNode; dialog?: true }, { error: unknown }> {
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
