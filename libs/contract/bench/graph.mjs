/** Loads the workspace's project graph, as every Nx command does. */
import { createProjectGraphAsync } from '@nx/devkit';

const graph = await createProjectGraphAsync({ exitOnError: true });
if (Object.keys(graph.nodes).length === 0) throw new Error('the graph is empty');
