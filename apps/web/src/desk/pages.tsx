import { lazyWithRetry } from '../ui/lazy-boundary';

export const BoardPage = lazyWithRetry(() => import('./board/board-page'));
export const PlanPage = lazyWithRetry(() => import('./plan/plan-page'));
export const RunSheetPage = lazyWithRetry(() => import('./run-sheet/run-sheet-page'));
export const QualityPage = lazyWithRetry(() => import('../quality/quality-page'));
export const SetupPages = lazyWithRetry(() => import('../setup/setup-app'));
