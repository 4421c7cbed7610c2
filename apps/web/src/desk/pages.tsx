import { lazy } from 'react';

export const BoardPage = lazy(() => import('./board/board-page'));
export const PlanPage = lazy(() => import('./plan/plan-page'));
export const SheetPage = lazy(() => import('./sheet/sheet-page'));
export const SetupPages = lazy(() => import('../setup/setup-app'));
