import { api } from '../../api/api';
import { queryClient } from '../../api/query-client';
import type { SavedView } from '../../api/types';
import { toaster } from '../../ui/toaster';
import { wordsOf } from '../actions/job-actions';

export type ViewFields = Pick<SavedView, 'name' | 'search' | 'shared'>;

/** Says what went wrong; whatever happened, the list is read again. */
async function run(work: Promise<unknown>): Promise<boolean> {
  try {
    await work;
    return true;
  } catch (error) {
    toaster.show(wordsOf(error), 'problem');
    return false;
  } finally {
    await queryClient.invalidateQueries({ queryKey: ['saved-views'] });
  }
}

/** What can be done with views by name; each answers whether it was done. */
export const viewCommands = {
  create: (body: ViewFields) => run(api.post('/saved-views', { body })),
  update: ({ id, version }: SavedView, body: Partial<ViewFields>) =>
    run(api.patch('/saved-views/{id}', { path: { id }, body, version })),
  remove: ({ id }: SavedView) => run(api.delete('/saved-views/{id}', { path: { id } })),
  prefer: ({ id, isDefault }: SavedView) =>
    run((isDefault ? api.delete : api.put)('/saved-views/{id}/default', { path: { id } })),
};
