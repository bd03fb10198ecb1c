/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/steps.h"

/* Two groups. A family registers where it lives. Ada hands in; her husband's passport is over, so
 * that he keeps what he has and comes back; their daughter goes on all the same. What the family
 * shares is asked once, everything else is each person's own. An employer's agent hands in for two
 * people whose work has ended: the employer and the telephone number are typed once. */

#define WALK_IN                                                                                    \
  SEE ("Show your appointment code"), PRESS ("I have no code"),                                    \
    SEE ("What do you want to apply for?")

/* What the family has applied for stands first. */
#define WALK_IN_AGAIN(service) WALK_IN, CHOOSE (service), SEE ("This is your code"), PRESS ("Go on")

#define TYPE_PASSPORT(line_1, line_2)                                                              \
  SEE ("Show the page with your photo"), PRESS ("Type the lines instead"),                         \
    SEE ("Type the two lines at the bottom of your passport"), TYPE (line_1),                      \
    PRESS ("Fill the line with <"), TYPE (line_2), PRESS ("Check the lines"), SEE ("Is this you?")

#define NO_PICTURE                                                                                 \
  PRESS ("Yes, this is me"), SEE ("May we take your picture?"),                                    \
    PRESS ("Go on without a picture: staff will look at you"),                                     \
    SEE ("This goes into your application"), PRESS ("Go on")

#define SCAN(paper)                                                                                \
  PRESS ("Hand it in: " paper), PRESS ("Hand it in now"), CHOOSE ("Scan the paper"),               \
    SEE ("Can you read everything?"), PRESS ("Keep it"), PRESS ("Back to the list")

#define PAPERS                                                                                     \
  SEE ("Hand in your papers"), SCAN ("Passport: the page with your photo"),                        \
    SCAN ("Visa and last entry stamp"), PRESS ("Go on")

#define HAND_IN                                                                                    \
  PRESS ("This is right"), SEE ("Sign and hand in"), SIGN, PRESS ("Hand in my application"),       \
    SEE ("Your application is handed in")

const RobotStep robot_family[] = {
  SEE ("&Have ready"),
  PRESS ("&Start"),
  SPEAK,
  PRESS ("I agree"),
  WALK_IN,
  CHOOSE ("Residence permit"),
  CHOOSE ("Lodging registration"),
  SEE ("This is your code"),
  PRESS ("Go on"),
  SEE ("Show the page with your photo"),
  HOLD ("passport-in-hand.png"),
  SEE ("Is this you?"),
  HOLD ("hall.png"),
  NO_PICTURE,
  ASKED_CHOICE ("Where do you stay?", "In a home that I rent"),
  ASKED_TEXT ("When did you last enter China?", "@entered"),
  ASKED_TEXT ("Since when have you stayed there?", "@entered"),
  SEE ("Until when will you stay there?"),
  PRESS ("Go on"),
  ASKED_TEXT ("What is the address?", "18 Shuyuan Road, Binjiang, Yungang"),
  ASKED_CHOICE ("Do you have a lease or a deed of the home with you?", "No"),
  ASKED_TEXT ("What is the name of your landlord or host?", "Lin Mei"),
  ASKED_TEXT ("What is their phone number?", "13100005551"),
  ASKED_TEXT ("What is your phone number?", "13100005550"),
  PAPERS,
  SEE ("Check your answers"),
  HAND_IN,
  PICTURE ("first-receipt"),
  PRESS ("Next person in my group"),

  /* Her husband: a new process image, which has the family's answers and nothing of hers. */
  SEE ("Before you begin"),
  PICTURE ("second-begins"),
  PRESS ("I agree"),
  WALK_IN_AGAIN ("Lodging registration"),
  TYPE_PASSPORT ("@husband-mrz-1-start", "@husband-mrz-2"),
  SEE ("This document is no longer valid"),
  PICTURE ("second-expired"),
  PRESS ("Back"),
  SEE ("Show the page with your photo"),
  PRESS ("Back"),
  SEE ("Do you want to leave?"),
  PRESS ("Keep and leave"),
  SEE ("Your answers and pages are kept"),
  PICTURE ("second-parked"),
  PRESS ("Next person in my group"),

  /* Their daughter goes on. */
  SEE ("Before you begin"),
  PRESS ("I agree"),
  WALK_IN_AGAIN ("Lodging registration"),
  TYPE_PASSPORT ("@daughter-mrz-1-start", "@daughter-mrz-2"),
  NO_PICTURE,
  ASKED_TEXT ("When did you last enter China?", "@entered"),
  ASKED_TEXT ("Since when have you stayed there?", "@entered"),
  SEE ("Until when will you stay there?"),
  PRESS ("Go on"),
  ASKED_CHOICE ("Do you have a lease or a deed of the home with you?", "No"),
  PAPERS,
  SEE ("Check your answers"),
  SEE ("18 Shuyuan Road, Binjiang, Yungang"),
  PICTURE ("third-review"),
  HAND_IN,
  PICTURE ("group-receipt"),
  PRESS ("Print the receipt of the group"),
  SEE ("Your receipt is printed"),
  PICTURE ("group-receipt-printed"),
  PRESS ("Finish"),
  SEE ("How was it to apply here?"),
  PRESS ("Leave without an answer"),
  ANEW,
  SEE ("&Have ready"),
};
const gsize robot_family_length = G_N_ELEMENTS (robot_family);

#define CANCELLATION "Foreigner's work permit, cancellation"

#define WHY_IT_ENDS                                                                                \
  ASKED_TEXT ("What was your last day of work?", "@entered"),                                      \
    ASKED_CHOICE ("Have you and the employer both signed that the work ends?", "Yes"),             \
    ASKED_CHOICE ("What do you do next?", "Leave China")

const RobotStep robot_agent[] = {
  SEE ("&Have ready"),
  PRESS ("&Start"),
  SPEAK,
  PRESS ("I agree"),
  WALK_IN,
  CHOOSE ("Work permit"),
  CHOOSE (CANCELLATION),
  SEE ("This is your code"),
  PRESS ("Go on"),
  SEE ("Show the page with your photo"),
  HOLD ("passport-in-hand.png"),
  SEE ("Is this you?"),
  HOLD ("hall.png"),
  NO_PICTURE,
  ASKED_TEXT ("What is your employer called?", "Yungang Startrail"),
  ASKED_TEXT ("What is your post?", "Welder"),
  WHY_IT_ENDS,
  ASKED_TEXT ("What is your phone number?", "13100005550"),
  SEE ("What is your email address?"),
  PRESS ("Go on"),
  SEE ("Hand in your papers"),
  SCAN ("Passport: the page with your photo"),
  PRESS ("Go on"),
  SEE ("Check your answers"),
  HAND_IN,
  PRESS ("Next person in my group"),

  SEE ("Before you begin"),
  PRESS ("I agree"),
  WALK_IN,
  PICTURE ("service-of-the-group"),
  CHOOSE (CANCELLATION),
  SEE ("This is your code"),
  PRESS ("Go on"),
  TYPE_PASSPORT ("@husband-mrz-1-start", "@husband-mrz-2"),
  NO_PICTURE,
  ASKED_TEXT ("What is your post?", "Driver"),
  WHY_IT_ENDS,
  SEE ("What is your email address?"),
  PRESS ("Go on"),
  SEE ("Hand in your papers"),
  SCAN ("Passport: the page with your photo"),
  PRESS ("Go on"),
  SEE ("Check your answers"),
  SEE ("Yungang Startrail"),
  PICTURE ("employer-shared"),
  HAND_IN,
  PICTURE ("group-receipt"),
  PRESS ("Finish"),
  SEE ("How was it to apply here?"),
  PRESS ("Leave without an answer"),
  ANEW,
  SEE ("&Have ready"),
};
const gsize robot_agent_length = G_N_ELEMENTS (robot_agent);
