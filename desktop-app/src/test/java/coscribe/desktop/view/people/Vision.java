package coscribe.desktop.view.people;

import javafx.scene.paint.Color;

/// How colours look to different eyes, and how far apart they look. Dichromacy by the matrices of
/// Machado, Oliveira and Fernandes (2009) at severity 1.0, in linear light; difference by CIEDE2000
/// (Sharma, Wu, Dalal 2005) under D65; contrast by WCAG 2.1.
enum Vision {
    NORMAL(1, 0, 0, 0, 1, 0, 0, 0, 1),
    PROTAN(0.152286, 1.052583, -0.204868, 0.114503, 0.786281, 0.099216, -0.003882, -0.048116, 1.051998),
    DEUTAN(0.367322, 0.860646, -0.227968, 0.280085, 0.672501, 0.047413, -0.011820, 0.042940, 0.968881),
    TRITAN(1.255528, -0.076749, -0.178779, -0.078411, 0.930809, 0.147602, 0.004733, 0.691367, 0.303900);

    private final double[] m;

    Vision(double... m) {
        this.m = m;
    }

    Color sees(Color colour) {
        double[] rgb = linear(colour);
        var seen = new double[3];
        for (int i = 0; i < 3; i++) {
            double light = m[3 * i] * rgb[0] + m[3 * i + 1] * rgb[1] + m[3 * i + 2] * rgb[2];
            seen[i] = encoded(Math.clamp(light, 0, 1));
        }
        return Color.color(seen[0], seen[1], seen[2]);
    }

    private static double[] linear(Color colour) {
        return new double[] {decoded(colour.getRed()), decoded(colour.getGreen()), decoded(colour.getBlue())};
    }

    private static double decoded(double value) {
        return value <= 0.04045 ? value / 12.92 : Math.pow((value + 0.055) / 1.055, 2.4);
    }

    private static double encoded(double light) {
        return light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
    }

    static double contrast(Color a, Color b) {
        double one = luminance(a);
        double other = luminance(b);
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static double luminance(Color colour) {
        double[] rgb = linear(colour);
        return 0.2126 * rgb[0] + 0.7152 * rgb[1] + 0.0722 * rgb[2];
    }

    static double difference(Color a, Color b) {
        double[] one = lab(a);
        double[] other = lab(b);
        return difference(one[0], one[1], one[2], other[0], other[1], other[2]);
    }

    private static double[] lab(Color colour) {
        double[] c = linear(colour);
        double x = f((0.4124564 * c[0] + 0.3575761 * c[1] + 0.1804375 * c[2]) / 0.95047);
        double y = f(0.2126729 * c[0] + 0.7151522 * c[1] + 0.0721750 * c[2]);
        double z = f((0.0193339 * c[0] + 0.1191920 * c[1] + 0.9503041 * c[2]) / 1.08883);
        return new double[] {116 * y - 16, 500 * (x - y), 200 * (y - z)};
    }

    private static double f(double t) {
        return t > 216.0 / 24389 ? Math.cbrt(t) : (24389.0 / 27 * t + 16) / 116;
    }

    static double difference(double l1, double a1, double b1, double l2, double a2, double b2) {
        double meanC = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
        double g = 0.5 * (1 - Math.sqrt(Math.pow(meanC, 7) / (Math.pow(meanC, 7) + Math.pow(25, 7))));
        double c1 = Math.hypot((1 + g) * a1, b1);
        double c2 = Math.hypot((1 + g) * a2, b2);
        double h1 = hue((1 + g) * a1, b1);
        double h2 = hue((1 + g) * a2, b2);
        double dh = h2 - h1;
        double sum = h1 + h2;
        if (c1 * c2 == 0) {
            dh = 0;
        } else if (Math.abs(h1 - h2) > 180) {
            dh += h2 <= h1 ? 360 : -360;
            sum += sum < 360 ? 360 : -360;
        }
        double h = c1 * c2 == 0 ? h1 + h2 : sum / 2;
        double dL = l2 - l1;
        double dC = c2 - c1;
        double dH = 2 * Math.sqrt(c1 * c2) * Math.sin(Math.toRadians(dh / 2));
        double l = (l1 + l2) / 2;
        double c = (c1 + c2) / 2;
        double t = 1 - 0.17 * cos(h - 30) + 0.24 * cos(2 * h) + 0.32 * cos(3 * h + 6) - 0.20 * cos(4 * h - 63);
        double sL = 1 + 0.015 * (l - 50) * (l - 50) / Math.sqrt(20 + (l - 50) * (l - 50));
        double sC = 1 + 0.045 * c;
        double sH = 1 + 0.015 * c * t;
        double turn = 30 * Math.exp(-Math.pow((h - 275) / 25, 2));
        double rC = 2 * Math.sqrt(Math.pow(c, 7) / (Math.pow(c, 7) + Math.pow(25, 7)));
        double rT = -Math.sin(Math.toRadians(2 * turn)) * rC;
        return Math.sqrt(
                Math.pow(dL / sL, 2) + Math.pow(dC / sC, 2) + Math.pow(dH / sH, 2) + rT * (dC / sC) * (dH / sH));
    }

    private static double hue(double a, double b) {
        if (a == 0 && b == 0) {
            return 0;
        }
        double degrees = Math.toDegrees(Math.atan2(b, a));
        return degrees < 0 ? degrees + 360 : degrees;
    }

    private static double cos(double degrees) {
        return Math.cos(Math.toRadians(degrees));
    }
}
