package coscribe.bench.windows;

/// How a picture looks to different eyes: dichromacy by the matrices of Machado, Oliveira and
/// Fernandes (2009) at severity 1.0, in linear light.
enum Eye {
    USUAL("as it is", 1, 0, 0, 0, 1, 0, 0, 0, 1),
    DEUTERANOPIA(
            "with deuteranopia",
            0.367322,
            0.860646,
            -0.227968,
            0.280085,
            0.672501,
            0.047413,
            -0.011820,
            0.042940,
            0.968881),
    PROTANOPIA(
            "with protanopia",
            0.152286,
            1.052583,
            -0.204868,
            0.114503,
            0.786281,
            0.099216,
            -0.003882,
            -0.048116,
            1.051998);

    private final String words;
    private final double[] m;

    Eye(String words, double... m) {
        this.words = words;
        this.m = m;
    }

    String words() {
        return words;
    }

    /// @param rgb  8 bits each of red, green and blue
    int sees(int rgb) {
        double red = decoded(rgb >> 16 & 0xff);
        double green = decoded(rgb >> 8 & 0xff);
        double blue = decoded(rgb & 0xff);
        int seen = 0;
        for (int row = 0; row < 3; row++) {
            double light = m[3 * row] * red + m[3 * row + 1] * green + m[3 * row + 2] * blue;
            seen = seen << 8 | encoded(Math.clamp(light, 0, 1));
        }
        return seen;
    }

    private static double decoded(int value) {
        double part = value / 255.0;
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }

    private static int encoded(double light) {
        double part = light <= 0.0031308 ? light * 12.92 : 1.055 * Math.pow(light, 1 / 2.4) - 0.055;
        return (int) Math.round(part * 255);
    }
}
