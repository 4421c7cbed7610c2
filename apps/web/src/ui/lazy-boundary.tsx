import { IconCloudOff } from '@tabler/icons-react';
import {
  Component,
  type ComponentType,
  createContext,
  type ReactNode,
  Suspense,
  startTransition,
  useContext,
  useEffect,
  useState,
} from 'react';
import { useTranslation } from 'react-i18next';
import { createStore } from '../store/create-store';
import { useStore } from '../store/use-store';
import { Empty } from './empty';
import { Failure } from './failure';
import { importWithRetry, missingChunks } from './import-with-retry';
import { PageSpinner } from './page-spinner';
import { toaster } from './toaster';

/** Whether what is on its way lies over the page and has no place of its own there. */
const OverPage = createContext(false);

interface LazyComponent<P> {
  (props: P): ReactNode;
  /** Fetches it before it is shown. */
  preload(): void;
}

/**
 * A component in a chunk of its own, which may be asked for when there is no line. Not React's `lazy`: after each
 * fallback React waits 300 ms before it shows the next thing, and a page is chunks within chunks.
 */
export function lazyWithRetry<P extends object>(
  load: () => Promise<{ default: ComponentType<P> }>,
): LazyComponent<P> {
  const chunk = createStore<{ Loaded?: ComponentType<P>; failure?: { error: unknown } }>({});
  let asked = false;
  const preload = () => {
    if (asked) return;
    asked = true;
    importWithRetry(load).then(
      (module) => chunk.set({ Loaded: module.default }),
      (error: unknown) => chunk.set({ failure: { error } }),
    );
  };
  // biome-ignore lint/correctness/noComponentHookFactories: called once for each chunk, at the top of a module
  function Lazy(props: P) {
    const [{ Loaded, failure }, setChunk] = useState(chunk.get);
    useEffect(() => {
      // What is on the page already comes first: a list is drawn before the map beside it starts.
      const take = () => startTransition(() => setChunk(chunk.get()));
      take();
      return chunk.subscribe(take);
    }, []);
    const overPage = useContext(OverPage);
    if (failure) throw failure.error;
    if (Loaded) return <Loaded {...props} />;
    preload();
    return overPage ? <DialogLoader /> : <PageLoader />;
  }
  Lazy.preload = preload;
  return Lazy;
}

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
      <OverPage value={dialog ?? false}>
        <Suspense fallback={dialog ? <DialogLoader /> : <PageLoader />}>{children}</Suspense>
      </OverPage>
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
