/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "tests/robot/steps.h"

/* Two visits at a border. A traveller with a companion declares foreign cash and is sent into the
 * red channel; a family of five at one address fills in one arrival card. Both end in the code that
 * an officer's reader takes without a network. */

/* From the code to the questions: the passport by camera, no picture taken. */
#define SHOW_PASSPORT                                                                              \
  SEE ("Show the page with your photo"), HOLD ("passport-in-hand.png"), SEE ("Is this you?"),      \
    HOLD ("hall.png"), PRESS ("Yes, this is me"), SEE ("May we take your picture?"),               \
    PRESS ("Go on without a picture: staff will look at you"),                                     \
    SEE ("This goes into your application"), PRESS ("Go on")

#define COMPANION(n, family, given, birth, typed, country, passport)                               \
  SEE ("Companion " n ": Family name, as in the passport"), TYPE (family), PRESS ("Go on"),        \
    SEE ("Companion " n ": Given names, as in the passport"), TYPE (given), PRESS ("Go on"),       \
    SEE ("Companion " n ": Date of birth"), TYPE (birth), PRESS ("Go on"),                         \
    SEE ("Companion " n ": Nationality"), TYPE (typed), CHOOSE (country), PRESS ("Go on"),         \
    SEE ("Companion " n ": Passport number"), TYPE (passport), PRESS ("Go on")

#define CHECK_AND_SIGN                                                                             \
  SEE ("Check your answers"), PICTURE ("review"), PRESS ("This is right"),                         \
    SEE ("Sign and hand in"), SIGN, PRESS ("Hand in my application"),                              \
    SEE ("Your declaration is ready")

#define LEAVE                                                                                      \
  PRESS ("Finish"), SEE ("How was it to apply here?"), PRESS ("Leave without an answer"), ANEW,    \
    SEE ("&Have ready")

const RobotStep robot_border[] = {
  SEE ("&Have ready"),
  PICTURE ("attract"),
  PRESS ("&Start"),
  SPEAK,
  PRESS ("I agree"),
  SEE ("Show your appointment code"),
  HOLD ("code-in-hand.png"),
  SHOW_PASSPORT,

  ASKED_CHOICE ("Do you live in China?", "No"),
  ASKED_CHOICE ("Do you carry more than CNY 20,000 in cash?", "No"),
  ASKED_CHOICE ("Do you carry foreign cash worth more than USD 5,000?", "Yes"),
  ASKED_CHOICE ("Do you bring goods worth more than CNY 2,000 that will stay in China?", "No"),
  SEE ("How many millilitres of drinks with 12 % alcohol or more?"),
  TYPE ("700"),
  PICTURE ("details-number"),
  PRESS ("Go on"),
  ASKED_TEXT ("How many cigarettes?", "0"),
  ASKED_TEXT ("How many cigars?", "0"),
  ASKED_TEXT ("How many grams of tobacco?", "0"),
  ASKED_CHOICE ("Do you bring animals, plants, fruit, meat, seeds or what is made of them?", "No"),
  ASKED_CHOICE ("Do you bring microbes, biological products, human tissue or blood?", "No"),
  ASKED_CHOICE ("Do you bring radio transmitters or encryption devices?", "No"),
  ASKED_CHOICE ("Do you bring anything else that is restricted: weapons, drugs, medicines of "
                "others, antiques, printed matter in numbers?",
                "No"),
  ASKED_CHOICE ("Do you bring goods or samples for trade, or does luggage follow you?", "No"),
  ASKED_CHOICE ("Are you not sure about something you bring?", "No"),
  ASKED_TEXT ("How many people do you declare for beside yourself, at the same address?", "1"),
  COMPANION ("1", "Marlowe", "Ivy", "31012015", "Ital", "Italy", "YA1234567"),

  /* Nothing is handed in here, so nobody is asked for papers. */
  CHECK_AND_SIGN,
  SEE ("Red channel: show it to the officer"),
  PICTURE ("receipt"),
  PRESS ("Print my receipt"),
  SEE ("Your receipt is printed"),
  LEAVE,
};
const gsize robot_border_length = G_N_ELEMENTS (robot_border);

const RobotStep robot_group_of_five[] = {
  SEE ("&Have ready"),
  PRESS ("&Start"),
  SPEAK,
  PRESS ("I agree"),
  SEE ("Show your appointment code"),
  PRESS ("I have no code"),
  SEE ("What do you want to apply for?"),
  PICTURE ("services"),
  CHOOSE ("Arrival card"),
  SEE ("This is your code"),
  PICTURE ("walk-in"),
  PRESS ("Go on"),
  SHOW_PASSPORT,

  SEE ("Is one of these true for you?"),
  PICTURE ("exempt"),
  CHOOSE ("None of them"),
  PRESS ("Go on"),
  ASKED_TEXT ("What is the number of your flight, train, ship or vehicle?", "UT 816"),
  SEE ("From which country or region did you leave?"),
  TYPE ("Ital"),
  CHOOSE ("Italy"),
  PICTURE ("country"),
  PRESS ("Go on"),
  ASKED_CHOICE ("Why do you come?", "To see family or friends"),
  ASKED_CHOICE ("What do you enter with?", "A visa"),
  ASKED_TEXT ("Where will you stay first?", "18 Shuyuan Road, Binjiang, Yungang"),
  ASKED_CHOICE ("Is that a hotel?", "No"),
  SEE ("On which day will you leave China?"),
  PRESS ("Go on"),
  ASKED_TEXT ("How many people do you declare for beside yourself, at the same address?", "4"),
  COMPANION ("1", "Marlowe", "Theo", "02021990", "Ital", "Italy", "YA1000001"),
  COMPANION ("2", "Marlowe", "Ivy", "31012015", "Ital", "Italy", "YA1000002"),
  COMPANION ("3", "Marlowe", "Max", "31012017", "Ital", "Italy", "YA1000003"),
  COMPANION ("4", "Okoro", "Ngozi", "11111958", "Niger", "Nigeria", "A12345678"),
  ASKED_TEXT ("What is your phone number?", "13100005550"),

  CHECK_AND_SIGN,
  PICTURE ("receipt"),
  LEAVE,
};
const gsize robot_group_of_five_length = G_N_ELEMENTS (robot_group_of_five);
