/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/steps.h"

/* A visitor calls for help in the middle of a visit. The attendant comes, looks after her, and
 * goes; the supervisor sees to the kiosk, carries its records with a second person, and closes it.
 */

/* Badge and PIN of one of the demonstration's people. */
#define SHOW_BADGE(role, pin)                                                                      \
  HOLD ("../staff/" role "-in-hand.png"), SEE ("Type your PIN"), HOLD ("hall.png"), TYPE (pin),    \
    PRESS ("Go in")

const RobotStep robot_staff[] = {
  SEE ("&Have ready"),
  PRESS ("&Start"),
  SPEAK,
  PRESS ("I agree"),
  SEE ("Show your appointment code"),
  HOLD ("code-in-hand.png"),
  SEE ("Show the page with your photo"),
  HOLD ("hall.png"),

  /* She calls, and it shows. */
  PRESS ("Call staff"),
  SEE ("Do you want someone to come and help?"),
  PICTURE ("call"),
  PRESS ("Yes, call somebody"),
  PRESS ("Staff is called"),
  PRESS ("I work here"),
  SEE ("Staff: show your badge"),
  PICTURE ("door-badge"),

  /* A code that is no badge, and a PIN that is wrong. */
  HOLD ("code-in-hand.png"),
  SEE ("This is not a staff badge"),
  HOLD ("../staff/attendant-in-hand.png"),
  SEE ("Type your PIN"),
  HOLD ("hall.png"),
  TYPE ("27182"),
  PICTURE ("door-pin"),
  TYPE ("9"),
  PRESS ("Go in"),
  SEE ("This badge and this PIN don't open staff mode"),
  PICTURE ("door-refused"),
  SHOW_BADGE ("attendant", "271828"),
  HALL,
  SEE ("Staff"),
  SEE ("Help is wanted here"),
  PICTURE ("desk-attendant"),
  PRESS ("I am here"),
  PRESS ("Help the visitor"),
  SEE ("What was entered is on the disk, locked, and is not shown here."),
  PICTURE ("help"),
  PRESS ("Hand over to a desk"),
  SEE (
    "Read this code with any phone at the desk. The visitor brings their own code along: with it "
    "the visit goes on here."),
  PICTURE ("help-hand-over"),
  PRESS ("Back"),
  PRESS ("Help the visitor"),
  PRESS ("Print a receipt again"),
  PICTURE ("reprint"),
  PRESS ("Back"),
  PRESS ("Give more time and go back"),
  VISITOR,
  SEE ("Show the page with your photo"),
  PICTURE ("visit-again"),

  PRESS ("Call staff"),
  PRESS ("I work here"),
  SEE ("Staff: show your badge"),
  SHOW_BADGE ("supervisor", "314159"),
  HALL,
  SEE ("Staff"),
  PICTURE ("desk-supervisor"),
  PRESS ("How this kiosk is"),
  SEE ("How this kiosk is"),
  PICTURE ("board"),
  PRESS ("Back"),
  PRESS ("Devices"),
  SEE ("Scanner"),
  PICTURE ("devices"),
  PRESS ("Test it: Scanner"),
  SEE ("This is the page that lay in it."),
  PICTURE ("devices-scanner"),
  PRESS ("Back"),

  PRESS ("Send and carry"),
  PRESS ("Export to a stick"),
  SEE ("The second person: show your badge"),
  PICTURE ("door-second"),
  SHOW_BADGE ("technician", "161803"),
  SEE ("The records are on the stick"),
  PICTURE ("carry-exported"),
  PRESS ("Sync now"),
  SEE ("The hub was reached"),
  PICTURE ("carry-synced"),
  PRESS ("Back"),

  PRESS ("Out of service and hours"),
  PICTURE ("service"),
  PRESS ("Opening hours"),
  PRESS ("Close later"),
  PICTURE ("hours"),
  PRESS ("Back"),
  CHOOSE ("This kiosk is being cleaned."),
  PRESS ("Save this"),
  SEE ("This kiosk is out of service"),
  PICTURE ("service-closed"),
  PRESS ("Back"),
  PRESS ("Help the visitor"),
  PRESS ("Free this kiosk"),
  SEE ("Free this kiosk for the next person?"),
  PICTURE ("help-free"),
  PRESS ("Free this kiosk"),

  /* A new process image, which nobody can start a visit at. */
  SEE ("&Have ready"),
  PICTURE ("attract-closed"),
  PRESS ("Call staff"),
  PRESS ("I work here"),
  SEE ("Staff: show your badge"),
  SHOW_BADGE ("security", "141421"),
  SEE ("Staff"),
  PRESS ("Locked badges"),
  PICTURE ("people"),
  PRESS ("Back"),
  PRESS ("Leave staff mode"),
  SEE ("&Have ready"),
};
const gsize robot_staff_length = G_N_ELEMENTS (robot_staff);
