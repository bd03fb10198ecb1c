-- SPDX-License-Identifier: GPL-3.0-or-later
-- How many wait for a lock.
SELECT count (*) FROM pg_locks WHERE NOT granted;
