import { lazyPart } from '../ui/part';

export const BoardPage = lazyPart(() => import('./board/board-page'));
export const PlanPage = lazyPart(() => import('./plan/plan-page'));
export const SheetPage = lazyPart(() => import('./sheet/sheet-page'));
export const QualityPage = lazyPart(() => import('../quality/quality-page'));
export const SetupPages = lazyPart(() => import('../setup/setup-app'));
