/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of a record between the visitor's screen and the archive, with everything that may go wrong in
 * between: crashes of kiosk and hub, a damaged kiosk database, a hub that is restored from an old backup, and a line (or
 * a stick) that loses, repeats and reorders. Spin looks at every order in which it can happen.
 *
 * What stands for what:
 *
 *   kst      records.state in kiosk.db: db/kiosk/records.c, the edges of its table
 *   file     records/<id>.age, durable: app/record/submit.c
 *   logged   a line of manifests.log, with the number in seq: app/record/manifest-log.c
 *   ctr      counters 'record' in kiosk.db
 *   phase    how far a submission is, in memory: app/record/submit.c
 *   counted  the submission came back with a receipt
 *   shown    nobody's memory but the visitor's: they hold it. What is promised is promised about this
 *   lost     kiosk.db was damaged and moved aside, and the next one is empty: db/open.c. Ends with app/record/rebuild.c
 *   off      bytes that count of an upload at the hub, in runs: uploads.offset; wrong: bytes of it are not the record's
 *   row, key the hub's row of a record and the uniqueness of its id, one transaction: db/hub/records-table.c
 *   newest, oldest   generations of backups that an operator would restore
 *   run0, run1, committed, archived   what is under way on the line: PATCHes and receipts (app/hub/receiver.c,
 *            app/sync/lanes.c, app/sync/send.c). Each record has its own, so that several are under way at once, as on a
 *            kiosk's lanes, and nothing orders one record's against another's. Taking one may leave it there, to come again
 *
 * A step is taken only if it changes something, and every fault has a budget, so that every run ends and "in the end"
 * means something without fairness.
 *
 * Promises: what check() asserts, and with -DLIVE that whoever holds a receipt is, in the end and for good, one row at
 * the hub and erased at the kiosk. Each -DMUTANT_… leaves one rule of the protocol out and must be refuted: run.sh. */

#ifndef N
#define N 2
#endif
#ifndef KIOSK_CRASHES
#define KIOSK_CRASHES 1
#endif
#ifndef HUB_CRASHES
#define HUB_CRASHES 1
#endif
#ifndef RESTORES
#define RESTORES 1
#endif
#ifndef DAMAGES
#define DAMAGES 1
#endif
#ifndef REPEATS
#define REPEATS 1
#endif
#ifndef LOSSES
#define LOSSES 1
#endif
#ifndef BACKUPS
#define BACKUPS 3
#endif

#define NONE 0
#define QUEUED 1
#define COMMITTED 2
#define ARCHIVED 3
#define ERASED 4
#define REFUSED 5

byte kst[N]; bit file[N]; bit logged[N]; byte seq[N]; byte ctr; bit lost;
byte phase[N];
bit counted[N]; bit shown[N]; byte number[N];
byte off[N]; bit wrong[N]; byte row[N]; bit key[N]; bit open[N]; bit half[N];
bit newest[N]; bit oldest[N];
bit run0[N]; bit run1[N]; bit committed[N]; bit archived[N];
byte crashes, hub_crashes, restores, damages, repeats, losses, backups;
byte i, j, top;

#define HERE(r) (((kst[r] == QUEUED || kst[r] == COMMITTED || kst[r] == ARCHIVED) && file[r]) || \
                 (lost && logged[r] && file[r]))
#define AT_HUB(r) (row[r] == 1 && !wrong[r])
#define OFFERED(r) (!lost && (kst[r] == QUEUED || kst[r] == COMMITTED))

inline check () {
  j = 0;
  do
  :: j < N ->
     assert (row[j] <= 1);                             /* never twice */
     assert (row[j] == 0 || !wrong[j]);                /* and never something else */
     assert (!shown[j] || HERE (j) || AT_HUB (j));     /* no receipt without its record */
     assert (lost || kst[j] != ERASED || AT_HUB (j));  /* erased here only if no backup can forget it */
     assert (kst[j] != COMMITTED || restores > 0 || AT_HUB (j));  /* a COMMITTED that was true when it was signed */
     assert (!shown[j] || kst[j] != REFUSED);          /* the start and the sync doubt no good record */
     j++
  :: else -> break
  od;
#if N > 1
  assert (!(shown[0] && shown[1]) || number[0] != number[1]);  /* one number, one record */
#endif
  j = 0
}

/* A start: half a submission leaves a file that no row names; it goes. Unless rows are lost. */
inline start_kiosk () {
  j = 0;
  do
  :: j < N ->
     phase[j] = 0;
#ifdef MUTANT_SCAN_FORGETS
     if :: kst[j] == NONE -> file[j] = 0 :: else fi;
#else
     if :: kst[j] == NONE && !lost -> file[j] = 0 :: else fi;
#endif
#ifndef MUTANT_START_REFUSES
     skip;
#else
     if :: (kst[j] == QUEUED || kst[j] == COMMITTED) && !file[j] -> kst[j] = REFUSED :: else fi;
#endif
     j++
  :: else -> break
  od;
  j = 0
}

inline damage () {
  j = 0;
  do
  :: j < N -> kst[j] = NONE; phase[j] = 0; j++
  :: else -> break
  od;
  ctr = 0; lost = 1; j = 0
}

/* rebuild.c: every logged record is QUEUED again, numbers go on behind the last one. */
inline rebuild () {
  j = 0; top = 0;
  do
  :: j < N ->
#ifndef MUTANT_NO_LOG
     if
     :: logged[j] -> kst[j] = QUEUED; if :: seq[j] > top -> top = seq[j] :: else fi
     :: else
     fi;
#endif
     j++
  :: else -> break
  od;
  ctr = top; lost = 0; j = 0; top = 0
}

inline log_manifest (r) {
  seq[r] = ctr + 1; logged[r] = 1;
  j = 0;
  do
  :: j < N -> if :: j != r && logged[j] && seq[j] == seq[r] -> logged[j] = 0 :: else fi; j++ /* the later line counts */
  :: else -> break
  od;
  j = 0
}

inline restore (old) {
  i = 0;
  do
  :: i < N ->
     if :: old -> key[i] = oldest[i] :: else -> key[i] = newest[i] fi;
     row[i] = key[i]; off[i] = 0; wrong[i] = 0; open[i] = 0; half[i] = 0; i++
  :: else -> break
  od;
  i = 0
}

#define ALONE(r) (N == 1 || (phase[0] != 2 && phase[N - 1] != 2)) /* BEGIN IMMEDIATE */

proctype World () {
end:
  do
  /* --- the kiosk submits: sealed file, manifest, row, receipt --- */
#define SUBMIT(r) \
  :: atomic { !lost && kst[r] == NONE && phase[r] == 0 -> SEAL (r); phase[r] = 1 } \
  :: atomic { !lost && phase[r] == 1 && ALONE (r) -> LOG (r); phase[r] = 2 } \
  :: atomic { !lost && phase[r] == 2 -> kst[r] = QUEUED; ctr = ctr + 1; LATE_NUMBER (r); counted[r] = 1; phase[r] = 3; check () } \
  :: atomic { !lost && phase[r] == 3 -> LATE_SEAL (r); LATE_LOG (r); phase[r] = 0 } \
  :: atomic { !lost && !shown[r] && SHOW (r) -> shown[r] = 1; number[r] = seq[r]; check () }

#ifdef MUTANT_ROW_BEFORE_FILE
#define SEAL(r) skip
#define LATE_SEAL(r) file[r] = 1
#else
#define SEAL(r) file[r] = 1
#define LATE_SEAL(r) skip
#endif
#ifdef MUTANT_LOG_AFTER_ROW
#define LOG(r) skip
#define LATE_NUMBER(r) seq[r] = ctr
#define LATE_LOG(r) log_manifest_as_is (r)
#else
#define LOG(r) log_manifest (r)
#define LATE_NUMBER(r) skip
#define LATE_LOG(r) skip
#endif
#define log_manifest_as_is(r) logged[r] = 1
#ifdef MUTANT_RECEIPT_EARLY
#define SHOW(r) (phase[r] == 2)
#else
#define SHOW(r) counted[r]
#endif

  /* --- the kiosk sends what the hub's offset asks for, and takes its receipts --- */
#ifdef MUTANT_COMMITTED_IS_FORGOTTEN
#define SENT(r) (!lost && kst[r] == QUEUED)
#else
#define SENT(r) OFFERED (r)
#endif
#ifdef MUTANT_ERASE_ON_COMMITTED
#define ON_COMMITTED(r) kst[r] = ARCHIVED
#else
#define ON_COMMITTED(r) kst[r] = COMMITTED
#endif
#define SYNC(r) \
  :: atomic { SENT (r) && file[r] && !key[r] && off[r] == 0 && !run0[r] -> run0[r] = 1 } \
  :: atomic { SENT (r) && file[r] && !key[r] && off[r] == 1 && !run1[r] -> run1[r] = 1 } \
  :: atomic { SENT (r) && !file[r] && !key[r] -> kst[r] = REFUSED; check () } \
  :: atomic { committed[r] && !lost && kst[r] == QUEUED -> TAKE (committed[r]); ON_COMMITTED (r); check () } \
  :: atomic { archived[r] && OFFERED (r) -> TAKE (archived[r]); kst[r] = ARCHIVED; check () } \
  :: atomic { !lost && kst[r] == ARCHIVED -> kst[r] = ERASED; check () } \
  :: atomic { !lost && kst[r] == ERASED && file[r] -> file[r] = 0; check () }
#ifdef MUTANT_ANY_RECORDS_RECEIPT /* of the lane, and not of the record that it names */
#define CROSSED(r) :: atomic { committed[N - 1 - r] && !lost && kst[r] == QUEUED -> TAKE (committed[N - 1 - r]); \
                              ON_COMMITTED (r); check () }
#else
#define CROSSED(r)
#endif
#define TAKE(message) if :: message = 0 :: repeats < REPEATS -> repeats++ fi

  /* --- the hub: runs of bytes, the check of the whole, one transaction, receipts --- */
#ifdef MUTANT_ANY_OFFSET
#define FITS(r, n) (off[r] < 2)
#else
#define FITS(r, n) (off[r] == n)
#endif
#ifdef MUTANT_UNCHECKED_HASH
#define WHOLE(r) skip
#else
#define WHOLE(r) if :: wrong[r] -> off[r] = 0; wrong[r] = 0 :: else fi
#endif
#ifdef MUTANT_NO_KEY
#define UNKNOWN(r) (row[r] < 2)
#else
#define UNKNOWN(r) (!key[r])
#endif
#ifdef MUTANT_SPLIT_TRANSACTION
#define STORE(r) \
  :: atomic { open[r] && !half[r] && row[r] < 2 -> row[r] = row[r] + 1; half[r] = 1; check () } \
  :: atomic { open[r] && half[r] -> key[r] = 1; open[r] = 0; half[r] = 0 }
#else
#define STORE(r) \
  :: atomic { open[r] -> open[r] = 0; row[r] = row[r] + 1; key[r] = 1; check () }
#endif
#ifdef MUTANT_SIGNED_EARLY
#define SIGNED(r) (open[r] || key[r])
#else
#define SIGNED(r) key[r]
#endif
#ifdef MUTANT_ARCHIVED_IN_NEWEST
#define IN_BACKUPS(r) newest[r]
#else
#define IN_BACKUPS(r) (newest[r] && oldest[r])
#endif
#define HUB(r) \
  :: atomic { run0[r] && UNKNOWN (r) && FITS (r, 0) -> TAKE (run0[r]); \
              if :: off[r] != 0 -> wrong[r] = 1 :: else fi; off[r] = off[r] + 1 } \
  :: atomic { run1[r] && UNKNOWN (r) && FITS (r, 1) -> TAKE (run1[r]); \
              if :: off[r] != 1 -> wrong[r] = 1 :: else fi; off[r] = off[r] + 1 } \
  :: atomic { off[r] == 2 && UNKNOWN (r) && !open[r] -> WHOLE (r); if :: off[r] == 2 -> open[r] = 1 :: else fi } \
  STORE (r) \
  :: atomic { SIGNED (r) && !committed[r] && !lost && kst[r] == QUEUED -> committed[r] = 1 } \
  :: atomic { SIGNED (r) && IN_BACKUPS (r) && !archived[r] && OFFERED (r) -> archived[r] = 1 }

  SUBMIT (0)
  SYNC (0)
  CROSSED (0)
  HUB (0)
#if N > 1
  SUBMIT (1)
  SYNC (1)
  CROSSED (1)
  HUB (1)
#endif
  :: atomic { lost -> rebuild (); check () }

  /* --- what goes wrong --- */
  :: atomic { crashes < KIOSK_CRASHES -> crashes++; start_kiosk (); check () }
  :: atomic { damages < DAMAGES && ctr > 0 -> damages++; damage ();
#ifdef MUTANT_SCAN_FORGETS
              start_kiosk ();
#endif
              check () }
  :: atomic { hub_crashes < HUB_CRASHES -> hub_crashes++; i = 0;
              do :: i < N -> open[i] = 0; half[i] = 0; i++ :: else -> break od; i = 0; check () }
  :: atomic { backups < BACKUPS && (newest[0] != key[0] || oldest[0] != newest[0]
#if N > 1
              || newest[1] != key[1] || oldest[1] != newest[1]
#endif
              ) -> i = 0;
              do :: i < N -> oldest[i] = newest[i]; newest[i] = key[i]; i++ :: else -> break od; i = 0;
#ifndef LIVE
              backups++
#endif
            }
  :: atomic { restores < RESTORES -> restores++; restore (false); check () }
  :: atomic { restores < RESTORES -> restores++; restore (true); check () }
  :: atomic { losses < LOSSES && run0[0] -> losses++; run0[0] = 0 }
  :: atomic { losses < LOSSES && committed[0] -> losses++; committed[0] = 0 }
  :: atomic { losses < LOSSES && archived[0] -> losses++; archived[0] = 0 }
#ifdef MUTANT_UNVERIFIED_RECEIPT
  :: atomic { !archived[0] && OFFERED (0) -> archived[0] = 1 } /* anybody's word */
#endif
  od
}

init {
  run World ()
}

#ifdef LIVE
ltl arrives { [] (shown[0] -> <> [] (row[0] == 1 && kst[0] == ERASED && !file[0])) }
#endif
