/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What is looked at at once: one character and the edges of its neighbours. */
#define KOUAN_OCR_CELL_WIDTH 24  /* pixels: 1.2 of the distance from character to character */
#define KOUAN_OCR_CELL_HEIGHT 30 /* pixels: 1.5 of it */
#define KOUAN_OCR_CELL_PITCH 20  /* pixels from character to character */
#define KOUAN_OCR_CELL_SIZE (KOUAN_OCR_CELL_WIDTH * KOUAN_OCR_CELL_HEIGHT)

/* What may be seen there: the digits, the letters, the filler "<", or none of them. */
#define KOUAN_OCR_N_CHARACTERS 37
#define KOUAN_OCR_NONE 37
#define KOUAN_OCR_N_CLASSES 38
#define KOUAN_OCR_ALPHABET "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ<"

#define KOUAN_OCR_MAPS_1 8
#define KOUAN_OCR_MAPS_2 20
#define KOUAN_OCR_HIDDEN 72
#define KOUAN_OCR_CONV1_WIDTH (KOUAN_OCR_CELL_WIDTH - 4)
#define KOUAN_OCR_CONV1_HEIGHT (KOUAN_OCR_CELL_HEIGHT - 4)
#define KOUAN_OCR_POOL1_WIDTH (KOUAN_OCR_CONV1_WIDTH / 2)
#define KOUAN_OCR_POOL1_HEIGHT (KOUAN_OCR_CONV1_HEIGHT / 2)
#define KOUAN_OCR_CONV2_WIDTH (KOUAN_OCR_POOL1_WIDTH - 2)
#define KOUAN_OCR_CONV2_HEIGHT (KOUAN_OCR_POOL1_HEIGHT - 2)
#define KOUAN_OCR_POOL2_WIDTH (KOUAN_OCR_CONV2_WIDTH / 2)
#define KOUAN_OCR_POOL2_HEIGHT (KOUAN_OCR_CONV2_HEIGHT / 2)
#define KOUAN_OCR_POOL1_COUNT (KOUAN_OCR_POOL1_WIDTH * KOUAN_OCR_POOL1_HEIGHT)
#define KOUAN_OCR_POOL2_COUNT (KOUAN_OCR_POOL2_WIDTH * KOUAN_OCR_POOL2_HEIGHT)
#define KOUAN_OCR_FLAT (KOUAN_OCR_POOL2_COUNT * KOUAN_OCR_MAPS_2)

/* The weights. Outputs stand innermost everywhere, so that the compiler can do several at once. */
typedef struct
{
  float kernel1[5 * 5][KOUAN_OCR_MAPS_1]; /* by row, column */
  float bias1[KOUAN_OCR_MAPS_1];
  float kernel2[3 * 3 * KOUAN_OCR_MAPS_1][KOUAN_OCR_MAPS_2]; /* by row, column, map below */
  float bias2[KOUAN_OCR_MAPS_2];
  float dense1[KOUAN_OCR_FLAT][KOUAN_OCR_HIDDEN];
  float bias3[KOUAN_OCR_HIDDEN];
  float dense2[KOUAN_OCR_HIDDEN][KOUAN_OCR_N_CLASSES];
  float bias4[KOUAN_OCR_N_CLASSES];
} KouanOcrNetwork;

/* What went through it; learning goes the same way back. The choices say which of four pixels was
 * the largest, 4 if none was above 0. */
typedef struct
{
  float cell[KOUAN_OCR_CELL_SIZE];
  float pool1[KOUAN_OCR_POOL1_COUNT][KOUAN_OCR_MAPS_1];
  gint32 choice1[KOUAN_OCR_POOL1_COUNT][KOUAN_OCR_MAPS_1];
  float pool2[KOUAN_OCR_POOL2_COUNT][KOUAN_OCR_MAPS_2];
  gint32 choice2[KOUAN_OCR_POOL2_COUNT][KOUAN_OCR_MAPS_2];
  float hidden[KOUAN_OCR_HIDDEN];
  float probability[KOUAN_OCR_N_CLASSES];
} KouanOcrActivity;

/* Matrices of the network, for who goes over all of them: packing, learning. */
typedef struct
{
  float *weights; /* [n_inputs][n_outputs] */
  float *biases;  /* [n_outputs] */
  guint n_inputs;
  guint n_outputs;
} KouanOcrLayer;
#define KOUAN_OCR_N_LAYERS 4

void kouan_ocr_network_layers (KouanOcrNetwork *self, KouanOcrLayer layers[KOUAN_OCR_N_LAYERS]);
KouanOcrNetwork *kouan_ocr_network_new (void); /* with the weights of network-table.c */
gboolean kouan_ocr_network_unpack (KouanOcrNetwork *self, const char *base64);
char *kouan_ocr_network_pack (KouanOcrNetwork *self);
void kouan_ocr_network_run (const KouanOcrNetwork *self, KouanOcrActivity *activity);
float kouan_ocr_cell_normalise (float cell[KOUAN_OCR_CELL_SIZE]);

extern const char kouan_ocr_network_table[]; /* generated */

G_END_DECLS
