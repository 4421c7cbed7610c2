import { withTexts } from '../i18n';
import { lazyWithRetry } from '../ui/lazy-boundary';

export const BoardPage = lazyWithRetry(() => import('./board/board-page'));
export const PlanPage = lazyWithRetry(() => withTexts(import('./plan/plan-page'), 'plan'));
export const RunSheetPage = lazyWithRetry(() => import('./run-sheet/run-sheet-page'));
export const QualityPage = lazyWithRetry(() => import('../quality/quality-page'));
export const SetupPages = lazyWithRetry(() => withTexts(import('../setup/setup-app'), 'setup'));

const PAGES: Record<string, { preload(): void }> = {
  board: BoardPage,
  plan: PlanPage,
  sheet: RunSheetPage,
  quality: QualityPage,
  setup: SetupPages,
};

/** Fetches the page of this address beside the frame that it will stand in. */
export const preloadPage = (pathname: string): void => PAGES[pathname.split('/')[1] ?? '']?.preload();
